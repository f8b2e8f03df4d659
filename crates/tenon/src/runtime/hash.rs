//! Go's `h1:` hash of a set of files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The hash of the lines that `sha256sum` would print for the files, in the order of their names.
pub(super) fn h1<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> String {
    let mut files: Vec<(String, &[u8])> = files.into_iter().collect();
    files.sort();
    let mut lines = Sha256::new();
    for (name, bytes) in files {
        let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        lines.update(format!("{hex}  {name}\n"));
    }
    format!("h1:{}", STANDARD.encode(lines.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_hash() {
        // The go.mod of rsc.io/sampler v1.3.1, from the checksum database.
        let text = b"module \"rsc.io/sampler\"\n\nrequire \"golang.org/x/text\" v0.0.0-20170915032832-14c0d48ead0c\n";
        let known = "h1:T1hPZKmBbMNahiBKFy5HrXp6adAjACjK9JXDnKaTXpA=";
        assert_eq!(h1([("go.mod".to_string(), &text[..])]), known);
    }
}
