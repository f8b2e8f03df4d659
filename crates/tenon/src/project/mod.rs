//! A Go module with what Tenon knows about it: `go.mod`, `tenon.toml`, the WIT folder.

mod bindings;
mod config;
mod gomod;
mod wit;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;
use crate::ui::misuse;

pub(crate) use bindings::{Plan, facts, generate, has_generated, plan, stubs};
pub(crate) use config::Config;
pub(crate) use gomod::{GoMod, with_pin, with_requirement};
pub(crate) use wit::{has_wit, load_world, read_world};

/// The folder for WIT when nothing else is said.
pub(crate) const WIT_DIR: &str = "wit";
/// The folder for generated Go when nothing else is said: beside the WIT.
pub(crate) const OUT_DIR: &str = "wit";

/// A Go module.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The folder of `go.mod`, as the user would write it.
    pub(crate) root: PathBuf,
    /// What `go.mod` says.
    pub(crate) gomod: GoMod,
    /// What `tenon.toml` says, or the defaults.
    pub(crate) config: Config,
}

impl Project {
    /// The module that `dir` is in, if it is in one.
    pub(crate) fn find(dir: &Path) -> Result<Option<Project>> {
        let absolute = std::path::absolute(dir).with_context(|| format!("cannot find {}", dir.display()))?;
        let found = absolute.ancestors().position(|folder| folder.join("go.mod").is_file());
        let Some(up) = found else {
            return Ok(None);
        };
        let mut root = dir.to_path_buf();
        if up > 0 && is_plain(dir) {
            root = std::iter::repeat_n("..", up).collect();
        } else if up > 0 {
            root = absolute.ancestors().nth(up).map(Path::to_path_buf).unwrap_or(absolute);
        }
        Project::at(&root).map(Some)
    }

    /// As [`Project::find`], where there must be one.
    pub(crate) fn expect(dir: &Path) -> Result<Project> {
        Project::find(dir)?.ok_or_else(|| {
            misuse(format!("there is no go.mod in {} or above it", shown(dir)))
                .help("make a project with `tenon new NAME`, or a module with `go mod init NAME`")
                .into()
        })
    }

    /// The module whose `go.mod` lies in `root`.
    pub(crate) fn at(root: &Path) -> Result<Project> {
        let path = join(root, "go.mod");
        let gomod = GoMod::parse(&files::read_text(&path)?);
        Ok(Project { root: root.to_path_buf(), gomod, config: Config::read(&join(root, "tenon.toml"))? })
    }

    /// A path of `tenon.toml`, from where we are.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        join(&self.root, relative)
    }

    /// The WIT folder or file.
    pub(crate) fn wit(&self) -> PathBuf {
        self.path(self.config.wit.as_deref().unwrap_or(WIT_DIR))
    }

    /// The folder for generated Go, from the module's root.
    pub(crate) fn out(&self) -> &str {
        self.config.out.as_deref().unwrap_or(OUT_DIR)
    }

    /// Whether the project says which world it is: in `tenon.toml`, or with WIT in the usual folder.
    pub(crate) fn has_world(&self) -> bool {
        self.config.world.is_some() || self.config.wit.is_some() || has_wit(&self.wit())
    }
}

/// Whether a relative path stays a good way to write its ancestors: `.` does, `../x` and `/x` are left to the absolute form.
fn is_plain(dir: &Path) -> bool {
    dir == Path::new(".") || dir.as_os_str().is_empty()
}

/// Joins without a leading `./`, which reads badly in messages.
pub(crate) fn join(root: &Path, relative: &str) -> PathBuf {
    if is_plain(root) { PathBuf::from(relative) } else { root.join(relative) }
}

/// A folder as a reader would name it.
pub(crate) fn shown(dir: &Path) -> String {
    if is_plain(dir) { "this folder".to_string() } else { dir.display().to_string() }
}
