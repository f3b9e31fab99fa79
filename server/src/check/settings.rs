//! Addresses, proxies and budgets.

use std::net::SocketAddr;

use super::Finding;
use crate::{
    config::{Serve, Switch},
    proxies::Proxies,
};

pub(super) fn check(config: &Serve) -> Vec<Finding> {
    let mut found = vec![];
    let proxies = config.proxies();
    if is_open(config.addr) {
        found.extend(of_open_address(config, &proxies));
    }
    if let Some(addr) = config.admin_addr.filter(|addr| is_open(*addr)) {
        found.push(Finding::new(
            format!("The operators' address {addr} (QUIRE_ADMIN_ADDR) is open to other machines."),
            "It shows the node's figures to each of them, and has room for 64 connections only.",
            "Listen at 127.0.0.1, and reach it through a tunnel.",
        ));
    }
    if has_everyone(&proxies) {
        found.push(Finding::new(
            "QUIRE_TRUSTED_PROXIES names every address there is.",
            "Everybody can then say that they come from elsewhere, and no budget for an address holds.",
            "Name the proxy's own address alone, as in 127.0.0.1,::1.",
        ));
    }
    found
}

fn of_open_address(config: &Serve, proxies: &Proxies) -> Vec<Finding> {
    let addr = config.addr;
    let mut found = vec![];
    match proxies {
        Proxies::None => found.push(Finding::new(
            format!("The address {addr} is open to other machines, and no proxy is named."),
            "What is sent is not encrypted, passwords included, and cookies are not marked Secure.",
            "Listen at 127.0.0.1 with a proxy for TLS in front, and name the proxy in QUIRE_TRUSTED_PROXIES.",
        )),
        Proxies::EveryPeer => found.push(Finding::new(
            format!("The address {addr} is open to other machines, and every one of them is believed to be a proxy."),
            "A machine that reaches it directly can say that it comes from elsewhere.",
            "Name the proxy in QUIRE_TRUSTED_PROXIES, in the place of QUIRE_BEHIND_PROXY.",
        )),
        Proxies::Named(_) => {}
    }
    if config.budgets == Switch::Off {
        found.push(Finding::new(
            format!("The address {addr} is open to other machines, and budgets are off (QUIRE_BUDGETS)."),
            "One visitor can guess passwords and write as fast as the machine can take it.",
            "Leave QUIRE_BUDGETS out; off is for load tests.",
        ));
    }
    if config.demo {
        found.push(demo_accounts(addr));
    }
    found
}

/// What a server refuses to start with.
pub(super) fn demo_accounts(addr: SocketAddr) -> Finding {
    Finding::new(
        format!("The address {addr} is open to other machines, and the library has the demo accounts."),
        "Everybody knows their password, so quire serve refuses to start.",
        "Listen at 127.0.0.1, or take a library without them and leave QUIRE_DEMO out.",
    )
}

/// Whether other machines reach it.
pub(super) fn is_open(addr: SocketAddr) -> bool {
    !addr.ip().is_loopback()
}

fn has_everyone(proxies: &Proxies) -> bool {
    match proxies {
        Proxies::None | Proxies::EveryPeer => false,
        Proxies::Named(named) => named.iter().any(|network| network.prefix_len() == 0),
    }
}
