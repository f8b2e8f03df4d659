//! Names of imports and exports, of which no two of a component may be alike.

use std::collections::HashMap;

/// The imports, or the exports, of one component.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    /// A further name. The result is the one before that it is too much like, if there is one.
    ///
    /// The validator compares letters without their case; the specification leaves out hyphens, too.
    pub(crate) fn add(&mut self, name: &str) -> Option<String> {
        self.0.insert(key(name)?, name.to_string()).filter(|before| before != name)
    }
}

/// What is compared; nothing for names of interfaces, which are compared as they are.
fn key(name: &str) -> Option<String> {
    if name.contains([':', '/', '=']) {
        return None;
    }
    let plain = |text: &str| text.replace('-', "").to_lowercase();
    let Some((kind, rest)) = name.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return Some(plain(name));
    };
    Some(match rest.split_once('.') {
        // A member with its resource's own name could not be told from that.
        Some((resource, member)) if plain(resource) == plain(member) => plain(resource),
        Some(_) => plain(rest),
        None => format!("[{kind}]{}", plain(rest)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], like: Option<&str>) {
        let mut all = Names::default();
        let mut found = None;
        for name in names {
            found = all.add(name).or(found);
        }
        assert_eq!(found.as_deref(), like, "{names:?}");
    }

    #[test]
    fn letters_and_digits_make_a_name() {
        check(&["foo-bar", "foo-baz", "[constructor]foo-bar"], None);
        check(&["foo-bar", "FOOB-ar"], Some("foo-bar"));
        check(&["foo-bar", "[static]foo-bar.FO-ob-AR"], Some("foo-bar"));
        check(&["[method]a.b-c", "[static]A.bc"], Some("[method]a.b-c"));
        check(&["a:b/c-d", "a:b/cd"], None);
    }
}
