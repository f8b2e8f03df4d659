//! A script becomes a list of actions, and its components become packages.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use serde::Serialize;
use serde_json::{Value, json};
use tenon_gen_js::Instantiation;
use tenon_plan::{ExportItem, Function, Kind, Plan};
use wast::component::WastVal;
use wast::token::{Id, Span};
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

use crate::package::{self, Refused};
use crate::report::Status;
use crate::values::{argument, camel, expected, value};

/// A directive as `driver.mjs` reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    /// Its line.
    pub(crate) line: usize,
    /// What it says.
    pub(crate) what: String,
    /// What is done.
    #[serde(flatten)]
    pub(crate) action: Action,
}

/// What is done for a directive.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub(crate) enum Action {
    /// Nothing: what comes of it is known.
    Known {
        /// What.
        status: Status,
        /// Why.
        message: String,
    },
    /// A package is instantiated.
    Instantiate {
        /// The number of its folder.
        package: usize,
        /// What the instance is called.
        name: Option<String>,
        /// What should come of it.
        expect: Expect,
    },
    /// An instance can be imported from now on.
    Register {
        /// The instance.
        instance: Option<String>,
        /// As what.
        name: String,
    },
    /// A function is called.
    Invoke {
        /// Of which instance; the last one, if it is not said.
        instance: Option<String>,
        /// Its name in JavaScript.
        function: String,
        /// Its arguments.
        args: Vec<Value>,
        /// What should come of it.
        expect: Expect,
    },
}

/// What should come of an action.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Expect {
    /// Nothing bad.
    Success,
    /// A value.
    Value(Value),
    /// A thrown error with a payload.
    Payload(Value),
    /// A trap, with such a message.
    Trap(String),
    /// No stack left.
    Exhaustion,
    /// Imports that do not fit, for such a reason.
    Unlinkable(String),
}

/// A component that was checked: its package, or why there is none.
type Made = Result<(usize, Rc<Plan>), Refused>;

/// Reads scripts.
pub(crate) struct Reader<'a> {
    text: &'a str,
    folder: &'a Path,
    instantiation: Instantiation,
    packages: usize,
    definitions: BTreeMap<String, Made>,
    instances: BTreeMap<String, Made>,
    last_definition: Option<Made>,
    last_instance: Option<Made>,
    /// The directives.
    pub(crate) steps: Vec<Step>,
}

impl<'a> Reader<'a> {
    /// A reader that makes packages in a folder.
    pub(crate) fn new(text: &'a str, folder: &'a Path, instantiation: Instantiation) -> Reader<'a> {
        Reader {
            text,
            folder,
            instantiation,
            packages: 0,
            definitions: BTreeMap::new(),
            instances: BTreeMap::new(),
            last_definition: None,
            last_instance: None,
            steps: Vec::new(),
        }
    }

    /// Reads one directive.
    pub(crate) fn directive(&mut self, directive: WastDirective<'_>) {
        let span = directive.span();
        let (what, action) = match directive {
            WastDirective::Module(wat) => ("component".into(), self.component(wat)),
            WastDirective::ModuleDefinition(wat) => ("component definition".into(), self.definition(wat)),
            WastDirective::ModuleInstance { instance, module, .. } => {
                ("component instance".into(), self.instance(instance, module))
            }
            WastDirective::Register { name, module, .. } => (
                format!("register {name:?}"),
                Action::Register { instance: module.map(id), name: name.into() },
            ),
            WastDirective::Invoke(call) => {
                (format!("invoke {:?}", call.name), self.invoke(&call, |_, _| Ok(Expect::Success)))
            }
            WastDirective::AssertReturn { exec, results, .. } => self.assert_return(exec, results),
            WastDirective::AssertTrap { exec, message, .. } => self.assert_trap(exec, message),
            WastDirective::AssertInvalid { module, message, .. } => {
                (format!("assert_invalid {message:?}"), self.refused(module))
            }
            WastDirective::AssertMalformed { module, message, .. } => {
                (format!("assert_malformed {message:?}"), self.refused(module))
            }
            WastDirective::AssertUnlinkable { module, message, .. } => {
                let action = self.instantiate(QuoteWat::Wat(module), Expect::Unlinkable(message.into()));
                (format!("assert_unlinkable {message:?}"), action)
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                let action = self.invoke(&call, |_, _| Ok(Expect::Exhaustion));
                (format!("assert_exhaustion {message:?} of {:?}", call.name), action)
            }
            other => {
                let text = format!("{other:?}");
                let name = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                (name.to_string(), unsupported("packages have nothing that this directive is about"))
            }
        };
        self.steps.push(Step { line: self.line(span), what, action });
    }

    fn line(&self, span: Span) -> usize {
        span.linecol_in(self.text).0 + 1
    }

    /// Encodes a component, checks it, and makes its package.
    fn make(&mut self, wat: &mut QuoteWat<'_>) -> Made {
        if matches!(wat, QuoteWat::Wat(Wat::Module(_)) | QuoteWat::QuoteModule(..)) {
            let message = "a core module: packages are made of components".into();
            return Err(Refused { status: Status::Unsupported, message });
        }
        let bytes =
            wat.encode().map_err(|e| Refused { status: Status::Failed, message: format!("as text: {e}") })?;
        let folder = self.folder.join(self.packages.to_string());
        let plan = package::make(&bytes, &folder, self.instantiation)?;
        self.packages += 1;
        Ok((self.packages - 1, Rc::new(plan)))
    }

    fn component(&mut self, wat: QuoteWat<'_>) -> Action {
        let name = wat.name().map(id);
        let action = self.instantiate(wat, Expect::Success);
        if let (Some(name), Some(made)) = (name, self.last_instance.clone()) {
            self.definitions.insert(name.clone(), made.clone());
            self.instances.insert(name, made);
        }
        action
    }

    fn instantiate(&mut self, mut wat: QuoteWat<'_>, expect: Expect) -> Action {
        let name = wat.name().map(id);
        let made = self.make(&mut wat);
        let action = match &made {
            Ok((package, _)) => Action::Instantiate { package: *package, name, expect },
            Err(refused) => known(refused),
        };
        self.last_instance = Some(made);
        action
    }

    fn definition(&mut self, mut wat: QuoteWat<'_>) -> Action {
        let made = self.make(&mut wat);
        if let Some(name) = wat.name() {
            self.definitions.insert(id(name), made.clone());
        }
        self.last_definition = Some(made.clone());
        match made {
            Ok(_) => passed(),
            Err(refused) => known(&refused),
        }
    }

    fn instance(&mut self, instance: Option<Id<'_>>, definition: Option<Id<'_>>) -> Action {
        let made = match definition {
            Some(name) => self.definitions.get(&id(name)),
            None => self.last_definition.as_ref(),
        };
        let Some(made) = made.cloned() else { return failed("there is no such definition") };
        let name = instance.map(id);
        if let Some(name) = &name {
            self.instances.insert(name.clone(), made.clone());
        }
        self.last_instance = Some(made.clone());
        match made {
            Ok((package, _)) => Action::Instantiate { package, name, expect: Expect::Success },
            Err(refused) => known(&refused),
        }
    }

    /// The component must be refused, as text or as bytes.
    fn refused(&mut self, mut wat: QuoteWat<'_>) -> Action {
        match self.make(&mut wat) {
            Err(Refused { status: Status::Failed, message }) => {
                Action::Known { status: Status::Passed, message }
            }
            Err(Refused { message, .. }) => {
                unsupported(&format!("it is refused, and not as invalid: {message}"))
            }
            Ok(_) => failed("it is taken for valid"),
        }
    }

    fn assert_return(&mut self, exec: WastExecute<'_>, results: Vec<WastRet<'_>>) -> (String, Action) {
        let WastExecute::Invoke(call) = exec else {
            return ("assert_return".into(), unsupported("packages have no globals"));
        };
        let what = format!("assert_return of {:?}", call.name);
        let results: Vec<_> = match results.into_iter().map(expected).collect() {
            Ok(results) => results,
            Err(message) => return (what, failed(&message)),
        };
        let action = self.invoke(&call, |plan, function| match (results.as_slice(), function.result) {
            ([], None) => Ok(Expect::Value(json!({ "undefined": true }))),
            ([expected], Some(ty)) => match (&plan.ty(ty).kind, expected) {
                (Kind::Result { ok, .. }, WastVal::Result(Ok(payload))) => {
                    part(plan, *ok, payload.as_deref()).map(Expect::Value)
                }
                (Kind::Result { err, .. }, WastVal::Result(Err(payload))) => {
                    part(plan, *err, payload.as_deref()).map(Expect::Payload)
                }
                _ => value(plan, ty, expected).map(Expect::Value),
            },
            _ => Err("the function's type has another result".into()),
        });
        (what, action)
    }

    fn assert_trap(&mut self, exec: WastExecute<'_>, message: &str) -> (String, Action) {
        let expect = Expect::Trap(message.into());
        match exec {
            WastExecute::Invoke(call) => {
                let action = self.invoke(&call, |_, _| Ok(expect));
                (format!("assert_trap {message:?} of {:?}", call.name), action)
            }
            WastExecute::Wat(wat) => {
                (format!("assert_trap {message:?}"), self.instantiate(QuoteWat::Wat(wat), expect))
            }
            WastExecute::Get { .. } => {
                (format!("assert_trap {message:?}"), unsupported("packages have no globals"))
            }
        }
    }

    fn invoke(
        &mut self,
        call: &WastInvoke<'_>,
        expect: impl FnOnce(&Plan, &Function) -> Result<Expect, String>,
    ) -> Action {
        let made = match call.module {
            Some(name) => self.instances.get(&id(name)),
            None => self.last_instance.as_ref(),
        };
        let plan = match made {
            None => return failed("there is no such instance"),
            Some(Err(refused)) => return known(refused),
            Some(Ok((_, plan))) => plan.clone(),
        };
        let Some(function) = exported(&plan, call.name) else { return failed("there is no such function") };
        let args = call.args.iter().zip(&function.params).map(|(arg, param)| argument(&plan, param.ty, arg));
        let parts = args.collect::<Result<Vec<_>, _>>().and_then(|args| Ok((args, expect(&plan, function)?)));
        match parts {
            Ok((args, expect)) => {
                Action::Invoke { instance: call.module.map(id), function: camel(call.name), args, expect }
            }
            Err(message) => failed(&message),
        }
    }
}

/// A function that the component itself exports.
fn exported<'a>(plan: &'a Plan, name: &str) -> Option<&'a Function> {
    plan.exports.iter().find_map(|export| match export.item {
        ExportItem::Function { lift } if export.name == name => Some(plan.function(plan.lift(lift).function)),
        _ => None,
    })
}

/// The payload of a `result`.
fn part(plan: &Plan, ty: Option<tenon_plan::TypeId>, payload: Option<&WastVal<'_>>) -> Result<Value, String> {
    match (ty, payload) {
        (Some(ty), Some(payload)) => value(plan, ty, payload),
        (None, None) => Ok(json!({ "undefined": true })),
        _ => Err("the function's type has another result".into()),
    }
}

fn id(id: Id<'_>) -> String {
    id.name().to_string()
}

/// What comes of a directive whose component was refused. What the validator has no name for yet is not a mistake of ours.
fn known(refused: &Refused) -> Action {
    let message = &refused.message;
    let newer = message.contains("invalid leading byte") && message.contains("for canonical function");
    let off = ["feature", "proposal", "is not enabled"].iter().any(|word| message.contains(word));
    if newer || (off && message.starts_with("this component is not valid")) {
        return unsupported(&format!("the planner does not know this yet: {message}"));
    }
    Action::Known { status: refused.status, message: message.clone() }
}

fn passed() -> Action {
    Action::Known { status: Status::Passed, message: String::new() }
}

fn failed(message: &str) -> Action {
    Action::Known { status: Status::Failed, message: message.into() }
}

fn unsupported(message: &str) -> Action {
    Action::Known { status: Status::Unsupported, message: message.into() }
}
