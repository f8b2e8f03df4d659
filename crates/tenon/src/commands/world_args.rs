//! The flags that say which world is meant.

use std::path::PathBuf;

use anyhow::Result;
use tenon_wit::{LoadConfig, World};

use crate::project::{self, Project};

/// Which WIT, which world of it.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct WorldArgs {
    /// The WIT: a folder (with `deps`), a file, or a WIT package in binary form [default: `wit` beside go.mod].
    #[arg(long, value_name = "PATH")]
    pub(crate) wit: Option<PathBuf>,

    /// The world, as `service` or `wasi:http/service@0.3` [default: the only one].
    #[arg(long, value_name = "WORLD")]
    pub(crate) world: Option<String>,

    /// A feature whose `@unstable` items are wanted; may be given again.
    #[arg(long = "feature", value_name = "NAME")]
    pub(crate) features: Vec<String>,

    /// Take all `@unstable` items.
    #[arg(long)]
    pub(crate) all_features: bool,
}

impl WorldArgs {
    /// Whether a flag says which world is meant.
    pub(crate) fn given(&self) -> bool {
        self.wit.is_some() || self.world.is_some()
    }

    /// The world that the flags and, where they are silent, the project mean.
    pub(crate) fn load(&self, project: Option<&Project>) -> Result<World> {
        let wit = match (&self.wit, project) {
            (Some(path), _) => path.clone(),
            (None, Some(project)) => project.wit(),
            (None, None) => PathBuf::from(project::WIT_DIR),
        };
        let configured = project.map(|project| &project.config);
        // The project's world is one of the project's WIT: it says nothing about another folder.
        let world = match (&self.world, configured) {
            (None, Some(config)) if self.wit.is_none() => config.world.as_deref(),
            (world, _) => world.as_deref(),
        };
        let mut features = self.features.clone();
        features.extend(configured.iter().flat_map(|config| config.features.clone()));
        project::read_world(&wit, &LoadConfig { world, features: &features, all_features: self.all_features })
    }
}
