//! What a component may reach. Nothing, unless named.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use wasmtime_wasi::WasiCtxBuilder;
use wasmtime_wasi::sockets::SocketAddrUse;

/// What a component may reach.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// TCP sockets: addresses to connect to, to bind and to listen on.
    pub tcp: Grant<AddrRule>,
    /// UDP sockets: addresses to bind and to send to.
    pub udp: Grant<AddrRule>,
    /// Whether names may be looked up.
    pub dns: bool,
    /// Outgoing requests through `wasi:http`.
    pub http: Grant<HostRule>,
}

impl Network {
    /// Everything that this machine can reach.
    pub fn everything() -> Self {
        Network { tcp: Grant::Everything, udp: Grant::Everything, dns: true, http: Grant::Everything }
    }

    pub(crate) fn apply(&self, builder: &mut WasiCtxBuilder) {
        builder.allow_tcp(!matches!(self.tcp, Grant::Nothing));
        builder.allow_udp(!matches!(self.udp, Grant::Nothing));
        builder.allow_ip_name_lookup(self.dns);
        let (tcp, udp) = (self.tcp.clone(), self.udp.clone());
        builder.socket_addr_check(move |addr, reason| {
            let allowed = match reason {
                SocketAddrUse::TcpBind => binds(&tcp, addr),
                SocketAddrUse::UdpBind => binds(&udp, addr),
                SocketAddrUse::TcpListen | SocketAddrUse::TcpConnect => tcp.allows(|rule| rule.matches(addr)),
                SocketAddrUse::UdpSend => udp.allows(|rule| rule.matches(addr)),
                // Who may call is decided by where the component may listen.
                SocketAddrUse::TcpAccept => !matches!(tcp, Grant::Nothing),
                SocketAddrUse::UdpReceive => !matches!(udp, Grant::Nothing),
            };
            Box::pin(async move { allowed })
        });
    }
}

/// A socket that connects is first bound to any address and any port, which reveals and reserves nothing.
fn binds(grant: &Grant<AddrRule>, addr: SocketAddr) -> bool {
    let implicit = addr.ip().is_unspecified() && addr.port() == 0;
    (implicit && !matches!(grant, Grant::Nothing)) || grant.allows(|rule| rule.matches(addr))
}

/// How much of something is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Grant<R> {
    /// None of it.
    #[default]
    Nothing,
    /// What one of the rules names.
    Only(Vec<R>),
    /// All of it.
    Everything,
}

impl<R> Grant<R> {
    pub(crate) fn allows(&self, matches: impl Fn(&R) -> bool) -> bool {
        match self {
            Grant::Nothing => false,
            Grant::Only(rules) => rules.iter().any(matches),
            Grant::Everything => true,
        }
    }
}

/// A rule that does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The rule as given.
    pub rule: String,
    /// What it should have looked like.
    pub expected: &'static str,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not {}", self.rule, self.expected)
    }
}

impl std::error::Error for RuleError {}

/// Addresses: `127.0.0.1:8080`, `10.0.0.0/8`, `10.0.0.0/8:443`, `[::1]:80`, `[fd00::]/8`, `*:53`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddrRule {
    /// The network and the length of its prefix; `None` for any.
    network: Option<(IpAddr, u8)>,
    port: Option<u16>,
}

impl AddrRule {
    /// Whether the rule names this address.
    pub fn matches(&self, addr: SocketAddr) -> bool {
        let ip = addr.ip().to_canonical();
        let network = self.network.is_none_or(|(base, bits)| contains(base, bits, ip));
        network && self.port.is_none_or(|port| port == addr.port())
    }
}

fn contains(base: IpAddr, bits: u8, ip: IpAddr) -> bool {
    let same = |a: u128, b: u128, width: u32| {
        let shift = width - u32::from(bits);
        shift == width || (a >> shift) == (b >> shift)
    };
    match (base, ip) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(u128::from(a), u128::from(b), 128),
        _ => false,
    }
}

impl FromStr for AddrRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let expected = "an address rule such as 127.0.0.1:8080, 10.0.0.0/8, [::1]:80 or *:53";
        parse_addr_rule(text).ok_or_else(|| RuleError { rule: text.into(), expected })
    }
}

fn parse_addr_rule(text: &str) -> Option<AddrRule> {
    // An IPv6 address without brackets cannot carry a port.
    if let Ok(ip) = text.parse::<Ipv6Addr>() {
        return Some(AddrRule { network: Some((ip.into(), 128)), port: None });
    }
    let (host, rest) = match text.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => text.split_at(text.find(['/', ':']).unwrap_or(text.len())),
    };
    let (bits, port) = match rest.strip_prefix('/') {
        Some(rest) => match rest.split_once(':') {
            Some((bits, port)) => (Some(bits), Some(port)),
            None => (Some(rest), None),
        },
        None if rest.is_empty() => (None, None),
        None => (None, Some(rest.strip_prefix(':')?)),
    };
    let port = match port {
        None | Some("*") => None,
        Some(port) => Some(port.parse().ok()?),
    };
    if host == "*" {
        return bits.is_none().then_some(AddrRule { network: None, port });
    }
    let ip: IpAddr = host.parse().ok()?;
    let width = if ip.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        None => width,
        Some(bits) => bits.parse().ok().filter(|bits| *bits <= width)?,
    };
    Some(AddrRule { network: Some((ip.to_canonical(), bits)), port })
}

/// Hosts: `example.com`, `*.example.com`, `example.com:8443`, `127.0.0.1:9000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRule {
    host: String,
    port: Option<u16>,
}

impl HostRule {
    /// Whether the rule names this host and port.
    pub fn matches(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let named = match self.host.strip_prefix("*.") {
            Some(parent) => host.strip_suffix(parent).is_some_and(|sub| sub.len() > 1 && sub.ends_with('.')),
            None => self.host == "*" || self.host == host,
        };
        named && self.port.is_none_or(|p| p == port)
    }
}

impl FromStr for HostRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let expected = "a host rule such as example.com, *.example.com or 127.0.0.1:9000";
        let error = || RuleError { rule: text.into(), expected };
        let (host, port) = match text.strip_prefix('[') {
            Some(inner) => {
                let (host, rest) = inner.split_once(']').ok_or_else(error)?;
                (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':').ok_or_else(error)?) })
            }
            None => match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = port.map(str::parse).transpose().map_err(|_| error())?;
        if host.is_empty() || host.contains(['/', '@', ' ']) {
            return Err(error());
        }
        Ok(HostRule { host: host.to_ascii_lowercase(), port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addr(rule: &str, address: &str) -> bool {
        rule.parse::<AddrRule>().unwrap().matches(address.parse().unwrap())
    }

    #[test]
    fn address_rules_match_networks_and_ports() {
        assert!(addr("127.0.0.1", "127.0.0.1:1"));
        assert!(addr("127.0.0.1:80", "127.0.0.1:80"));
        assert!(!addr("127.0.0.1:80", "127.0.0.1:81"));
        assert!(addr("10.0.0.0/8:443", "10.9.8.7:443"));
        assert!(!addr("10.0.0.0/8:443", "11.9.8.7:443"));
        assert!(addr("0.0.0.0/0", "8.8.8.8:53"));
        assert!(!addr("0.0.0.0/0", "[::1]:53"));
        assert!(addr("[::1]:80", "[::1]:80"));
        assert!(addr("fd00::1", "[fd00::1]:9"));
        assert!(addr("[fd00::]/8", "[fd12::1]:9"));
        assert!(addr("*:53", "[fd12::1]:53"));
        assert!(addr("127.0.0.1", "[::ffff:127.0.0.1]:5"));
    }

    #[test]
    fn bad_address_rules_are_refused() {
        for rule in ["", "localhost", "1.2.3.4:", "1.2.3.4/33", "[::1", "*/8", "1.2.3.4:99999"] {
            assert!(rule.parse::<AddrRule>().is_err(), "{rule}");
        }
    }

    #[test]
    fn host_rules_match_names_and_subdomains() {
        let rule = |text: &str| text.parse::<HostRule>().unwrap();
        assert!(rule("Example.com").matches("example.COM", 443));
        assert!(!rule("example.com").matches("api.example.com", 443));
        assert!(rule("*.example.com").matches("api.example.com", 443));
        assert!(!rule("*.example.com").matches("example.com", 443));
        assert!(!rule("*.example.com").matches("notexample.com", 443));
        assert!(!rule("example.com:80").matches("example.com", 443));
        assert!(rule("[::1]:80").matches("[::1]", 80));
        assert!("http://x".parse::<HostRule>().is_err());
        assert!(":80".parse::<HostRule>().is_err());
    }
}
