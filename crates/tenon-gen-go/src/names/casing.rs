//! WIT's kebab-case as Go's MixedCaps.

/// Words that Go writes in capitals, in lower case and sorted.
const INITIALISMS: &[&str] = &[
    "abi", "acl", "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "https", "iana", "id",
    "io", "ip", "json", "jwt", "ok", "os", "qps", "ram", "rpc", "sku", "sla", "smtp", "sql", "ssh", "tcp",
    "tls", "ttl", "udp", "ui", "uid", "uri", "url", "utc", "utf16", "utf8", "uuid", "vm", "wasi", "wit",
    "xml", "xsrf", "xss",
];

/// Words that Go writes in a way of their own.
const SPECIAL: &[(&str, &str)] =
    &[("ids", "IDs"), ("ipv4", "IPv4"), ("ipv6", "IPv6"), ("urls", "URLs"), ("uris", "URIs")];

/// `path-with-query` as `PathWithQuery`, `sku-id` as `SKUID`.
pub(crate) fn exported(wit: &str) -> String {
    wit.split('-').map(word).collect()
}

/// `path-with-query` as `pathWithQuery`, `HTTP-status` as `httpStatus`.
pub(crate) fn unexported(wit: &str) -> String {
    let mut words = wit.split('-');
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    words.map(word).fold(first, |name, word| name + &word)
}

/// `ErrorCode` as `errorCode`, `HTTPMethod` as `httpMethod`: for names that derive from an exported one.
pub(crate) fn lower_first(exported: &str) -> String {
    let capitals = exported.chars().take_while(char::is_ascii_uppercase).count();
    let all = capitals == exported.len();
    let count = if capitals <= 1 || all { capitals } else { capitals - 1 };
    exported[..count].to_ascii_lowercase() + &exported[count..]
}

/// `monotonic-clock` as `monotonicclock`: the name of a Go package.
pub(crate) fn package(wit: &str) -> String {
    wit.replace('-', "").to_ascii_lowercase()
}

fn word(wit: &str) -> String {
    let lower = wit.to_ascii_lowercase();
    if let Some((_, go)) = SPECIAL.iter().find(|(word, _)| *word == lower) {
        return (*go).to_string();
    }
    if INITIALISMS.binary_search(&lower.as_str()).is_ok() {
        return wit.to_ascii_uppercase();
    }
    let mut chars = wit.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initialisms_are_sorted() {
        assert!(INITIALISMS.is_sorted());
    }

    #[test]
    fn names() {
        let table = [
            ("path-with-query", "PathWithQuery", "pathWithQuery"),
            ("id", "ID", "id"),
            ("sku-id", "SKUID", "skuID"),
            ("HTTP-request-URI-too-long", "HTTPRequestURITooLong", "httpRequestURITooLong"),
            ("ipv4-address", "IPv4Address", "ipv4Address"),
            ("u64", "U64", "u64"),
            ("get-random-u64", "GetRandomU64", "getRandomU64"),
            ("utc-offset", "UTCOffset", "utcOffset"),
        ];
        for (wit, upper, lower) in table {
            assert_eq!(exported(wit), upper);
            assert_eq!(unexported(wit), lower);
        }
        assert_eq!(lower_first("HTTPMethod"), "httpMethod");
        assert_eq!(lower_first("ErrorCode"), "errorCode");
        assert_eq!(lower_first("ID"), "id");
        assert_eq!(package("monotonic-clock"), "monotonicclock");
    }
}
