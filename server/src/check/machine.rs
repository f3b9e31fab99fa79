//! What the system gives to this process.

use super::Finding;
use crate::connections::Caps;

pub(super) fn check() -> Vec<Finding> {
    let caps = Caps::of_process();
    let few = caps.all < Caps::OF_A_SERVER;
    let files = few.then(|| {
        Finding::new(
            format!("This process may open so few files that it takes {} connections at once.", caps.all),
            "Further visitors are answered that the place is full.",
            "Raise the hard limit: LimitNOFILE=65536 in a systemd unit, or ulimit -Hn.",
        )
    });
    files.into_iter().collect()
}
