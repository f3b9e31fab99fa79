//! Which proxies are believed, and what they say: where a request comes from, and whether it came over TLS.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Whom the operator named as a proxy of theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxies {
    /// None: forwarded addresses are not believed.
    #[default]
    None,
    /// Every connection is a proxy's: no other machine can reach this node. There is one proxy in a row.
    EveryPeer,
    /// These.
    Named(Vec<IpNet>),
}

/// A text that is no list of proxies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a network: {0}")]
pub struct NotProxies(String);

impl FromStr for Proxies {
    type Err = NotProxies;

    /// Addresses and networks, with commas: `10.0.0.0/8,::1`.
    fn from_str(text: &str) -> Result<Self, NotProxies> {
        let one = |text: &str| {
            let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| NotProxies(text.to_owned()))
        };
        let named: Vec<_> =
            text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(one).collect::<Result<_, _>>()?;
        Ok(if named.is_empty() { Self::None } else { Self::Named(named) })
    }
}

impl Proxies {
    /// Where a request comes from: the nearest hop that is no proxy of ours, as far as proxies of ours say so.
    /// What they say and makes no sense is not taken further: then it is the last hop that did.
    pub(crate) fn address(&self, connection: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let mut from = connection?.ip().to_canonical();
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        // A line that is no text is one hop that makes no sense.
        let hops = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
        for (passed, hop) in hops.enumerate() {
            if !self.are_believed(from, passed) {
                break;
            }
            let Some(hop) = parse(hop) else { break };
            from = hop;
        }
        Some(neighbourhood(from))
    }

    /// Whether a request came over TLS, as the proxy that connected says.
    pub(crate) fn is_secure(&self, connection: Option<SocketAddr>, headers: &HeaderMap) -> bool {
        let last = headers.get_all("x-forwarded-proto").iter().next_back();
        let last = last.and_then(|line| line.to_str().ok()?.rsplit(',').next());
        connection.is_some_and(|peer| self.is_named(peer.ip()))
            && last.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
    }

    /// Whether who connects is a proxy of ours.
    pub(crate) fn is_named(&self, peer: IpAddr) -> bool {
        self.are_believed(peer.to_canonical(), 0)
    }

    fn are_believed(&self, hop: IpAddr, passed: usize) -> bool {
        match self {
            Self::None => false,
            Self::EveryPeer => passed == 0,
            Self::Named(named) => named.iter().any(|network| network.contains(&hop)),
        }
    }
}

/// A hop, with or without a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|hop| hop.ip())).ok();
    address.as_ref().map(IpAddr::to_canonical)
}

/// The neighbourhood that an address stands for: each customer of an IPv6 provider has a /64 at least, and can use
/// any address in it.
pub(crate) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn check(proxies: &Proxies, peer: &str, lines: &[&str], expected: &str) {
        let line = |text: &&str| {
            (HeaderName::from_static("x-forwarded-for"), HeaderValue::from_bytes(text.as_bytes()).expect("a header"))
        };
        let headers = lines.iter().map(line).collect();
        let told = proxies.address(Some(peer.parse().expect("a peer")), &headers);
        assert_eq!(told, Some(expected.parse().expect("an address")), "{proxies:?} {peer} {lines:?}");
    }

    #[test]
    fn where_a_request_comes_from() {
        let named: Proxies = "10.0.0.0/8, ::1".parse().expect("proxies");
        for (peer, lines, expected) in [
            // Only a proxy is believed.
            ("7.7.7.7:1", &["1.2.3.4"][..], "7.7.7.7"),
            ("10.0.0.1:1", &[], "10.0.0.1"),
            ("10.0.0.1:1", &["1.2.3.4"], "1.2.3.4"),
            ("[::ffff:10.0.0.1]:1", &["1.2.3.4"], "1.2.3.4"),
            ("[::1]:1", &["1.2.3.4"], "1.2.3.4"),
            // What a visitor wrote before our proxies did stands further left.
            ("10.0.0.1:1", &["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            ("10.0.0.1:1", &["6.6.6.6, 1.2.3.4, 10.0.0.2"], "1.2.3.4"),
            ("10.0.0.1:1", &["6.6.6.6", "1.2.3.4", "10.0.0.2,10.0.0.3"], "1.2.3.4"),
            ("10.0.0.1:1", &["6.6.6.6, 10.9.9.9, 1.2.3.4"], "1.2.3.4"),
            // All of them are ours.
            ("10.0.0.1:1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            // With ports.
            ("10.0.0.1:1", &["1.2.3.4:555"], "1.2.3.4"),
            ("10.0.0.1:1", &["[2001:db8:1:2:3:4:5:6]:9"], "2001:db8:1:2::"),
            ("10.0.0.1:1", &["[2001:db8:1:2::6]"], "2001:db8:1:2::"),
            ("10.0.0.1:1", &["::ffff:1.2.3.4"], "1.2.3.4"),
            // What makes no sense.
            ("10.0.0.1:1", &["6.6.6.6, unknown"], "10.0.0.1"),
            ("10.0.0.1:1", &["6.6.6.6, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1:1", &[""], "10.0.0.1"),
            ("10.0.0.1:1", &["1.2.3.4,"], "10.0.0.1"),
            ("10.0.0.1:1", &["1.2.3.4", "\u{e9}"], "10.0.0.1"),
        ] {
            check(&named, peer, lines, expected);
        }
        check(&Proxies::None, "10.0.0.1:1", &["1.2.3.4"], "10.0.0.1");
        check(&Proxies::None, "[2001:db8:1:2:3:4:5:6]:1", &[], "2001:db8:1:2::");
        check(&Proxies::EveryPeer, "7.7.7.7:1", &["6.6.6.6, 1.2.3.4"], "1.2.3.4");
        check(&Proxies::EveryPeer, "7.7.7.7:1", &["6.6.6.6, ?"], "7.7.7.7");
    }

    #[test]
    fn what_came_over_tls() {
        let named: Proxies = "10.0.0.1".parse().expect("proxies");
        for (proxies, peer, lines, expected) in [
            (&named, "10.0.0.1:1", &["https"][..], true),
            (&named, "10.0.0.1:1", &["http"], false),
            (&named, "10.0.0.1:1", &[], false),
            (&named, "10.0.0.2:1", &["https"], false),
            (&named, "10.0.0.1:1", &["http, https"], true),
            (&named, "10.0.0.1:1", &["https", "http"], false),
            (&Proxies::None, "10.0.0.1:1", &["https"], false),
            (&Proxies::EveryPeer, "7.7.7.7:1", &["https"], true),
        ] {
            let line =
                |text: &&'static str| (HeaderName::from_static("x-forwarded-proto"), HeaderValue::from_static(text));
            let headers = lines.iter().map(line).collect();
            let told = proxies.is_secure(Some(peer.parse().expect("a peer")), &headers);
            assert_eq!(told, expected, "{proxies:?} {peer} {lines:?}");
        }
    }

    #[test]
    fn who_is_named() {
        assert_eq!("".parse(), Ok(Proxies::None));
        assert_eq!("10.0.0.0/8,".parse(), Ok(Proxies::Named(vec!["10.0.0.0/8".parse().expect("a network")])));
        for wrong in ["everybody", "10.0.0.0/33", "10.0.0.1:80", "10.0.0.1 10.0.0.2"] {
            assert_eq!(wrong.parse::<Proxies>(), Err(NotProxies(wrong.to_owned())));
        }
    }
}
