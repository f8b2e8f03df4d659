//! What belongs to resources: their raw imports, and the tables of the component's own.

use tenon_abi::{Slot, resource_drop, resource_new, resource_rep};
use wit_parser::TypeId;

use super::Gen;
use crate::facts::Side;

impl Gen<'_> {
    fn owner(&self, resource: TypeId) -> usize {
        self.facts.owner.get(&resource).copied().unwrap_or(self.index)
    }

    /// The raw import that drops a handle.
    pub(crate) fn resource_drop(&self, resource: TypeId) -> String {
        let unit = &self.facts.units[self.owner(resource)];
        let exported = unit.side == Side::Export;
        let core = resource_drop(&self.facts.resolve, unit.key.as_ref(), resource, exported);
        let name = format!("drop{}", self.resource_name(resource));
        self.raw.borrow_mut().import(&name, core, vec![Slot::I32], None)
    }

    /// The raw import that makes a handle.
    pub(crate) fn resource_new(&self, resource: TypeId) -> String {
        let unit = &self.facts.units[self.owner(resource)];
        let core = resource_new(&self.facts.resolve, unit.key.as_ref(), resource);
        let name = format!("resourceNew{}", self.resource_name(resource));
        self.raw.borrow_mut().import(&name, core, vec![Slot::I32], Some(Slot::I32))
    }

    /// The raw import that gives what a handle stands for.
    pub(crate) fn resource_rep(&self, resource: TypeId) -> String {
        let unit = &self.facts.units[self.owner(resource)];
        let core = resource_rep(&self.facts.resolve, unit.key.as_ref(), resource);
        let name = format!("resourceRep{}", self.resource_name(resource));
        self.raw.borrow_mut().import(&name, core, vec![Slot::I32], Some(Slot::I32))
    }

    /// The table of the values behind the component's own resource.
    pub(crate) fn table(&self, resource: TypeId) -> String {
        let owner = self.owner(resource);
        self.qualify(owner, self.plan.packages[owner].types.get(&resource).map_or("", |ty| &ty.table))
    }

    /// The resource's name without its package.
    pub(crate) fn resource_name(&self, resource: TypeId) -> &str {
        self.plan.packages[self.owner(resource)].types.get(&resource).map_or("", |ty| &ty.name)
    }
}
