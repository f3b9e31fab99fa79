//! Who is let in.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::proxies::{Proxies, neighbourhood};

/// Connections at once that are no live lines, if the system lets us open as many files.
const MAX_CONNECTIONS: usize = 4_096;
/// Live lines at once, under the same condition: at 10 KiB each (`cargo xtask bench`), 300 MiB.
const LINES: usize = 30_000;
/// Connections of one address at once.
const OF_ONE: usize = 128;
/// Connections beyond the cap that are told so.
const RESERVE: usize = 64;
/// Files that are no visitor's connection: the library's, Redis', those that are sent, and insiders'.
const OWN_FILES: usize = 256;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caps {
    /// Of all together, without those that became live lines.
    pub(crate) all: usize,
    /// Live lines. They stay for hours: without a cap of their own they would take the files of all others.
    pub(crate) lines: usize,
    /// Of one address, unless a proxy of ours has it: everybody comes from there.
    pub(crate) of_one: usize,
}

impl Caps {
    /// As many connections as a server takes that the system leaves alone.
    pub(crate) const OF_A_SERVER: usize = MAX_CONNECTIONS;

    /// What this process can bear. It asks the system for as many files as it may have: without asking it is
    /// 1,024 on many.
    pub(crate) fn of_process() -> Self {
        let wanted = MAX_CONNECTIONS + LINES + RESERVE + OWN_FILES;
        let files = rlimit::increase_nofile_limit(wanted as u64).ok().and_then(|files| usize::try_from(files).ok());
        Self::of_files(files.unwrap_or(1_024))
    }

    /// What those few need who look after the node, each with a browser.
    pub(crate) const fn of_insiders() -> Self {
        Self { all: RESERVE, lines: RESERVE, of_one: RESERVE }
    }

    fn of_files(files: usize) -> Self {
        let room = files.saturating_sub(OWN_FILES + RESERVE).max(2 * RESERVE);
        let all = (room / 2).min(MAX_CONNECTIONS);
        Self { all, lines: (room - all).min(LINES), of_one: OF_ONE }
    }
}

/// Counts who is here.
pub(super) struct Admission {
    caps: Caps,
    proxies: Proxies,
    here: Mutex<Here>,
}

#[derive(Default)]
struct Here {
    usual: usize,
    reserve: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// Which place a connection has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Like all others.
    Usual,
    /// Beyond the cap.
    Reserve,
}

/// A connection's place, until this is dropped.
pub(super) struct Admitted {
    admission: Arc<Admission>,
    address: Option<IpAddr>,
    pub(super) place: Place,
}

impl Admission {
    pub(super) fn new(caps: Caps, proxies: Proxies) -> Self {
        Self { caps, proxies, here: Mutex::default() }
    }

    /// A place for a connection from there, if there is any.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Admitted> {
        let address = self.counted(address);
        let mut here = self.here();
        let of_one = address.and_then(|address| here.by_address.get(&address)).copied().unwrap_or_default();
        let has_room = here.usual < self.caps.all && of_one < self.caps.of_one;
        let place = if has_room { Place::Usual } else { Place::Reserve };
        match place {
            Place::Usual => here.usual += 1,
            Place::Reserve if here.reserve < RESERVE => here.reserve += 1,
            Place::Reserve => return None,
        }
        let address = address.filter(|_| place == Place::Usual);
        if let Some(address) = address {
            *here.by_address.entry(address).or_default() += 1;
        }
        drop(here);
        Some(Admitted { admission: Arc::clone(self), address, place })
    }

    /// The address as it is counted: a whole /64, which is what one household has. This machine's own and a
    /// proxy's are not.
    fn counted(&self, address: IpAddr) -> Option<IpAddr> {
        let address = address.to_canonical();
        (!address.is_loopback() && !self.proxies.is_named(address)).then(|| neighbourhood(address))
    }

    fn here(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let mut here = self.admission.here();
        match self.place {
            Place::Usual => here.usual -= 1,
            Place::Reserve => here.reserve -= 1,
        }
        if let Some(address) = self.address {
            let left = here.by_address.get(&address).map_or(0, |count| count - 1);
            if left == 0 {
                here.by_address.remove(&address);
            } else {
                here.by_address.insert(address, left);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(caps: (usize, usize), proxies: &str, from: &[&str], expected: &[Option<Place>]) {
        let caps = Caps { all: caps.0, lines: 0, of_one: caps.1 };
        let admission = Arc::new(Admission::new(caps, proxies.parse().expect("proxies")));
        let places: Vec<_> = from.iter().map(|address| admission.admit(address.parse().expect("an address"))).collect();
        let given: Vec<_> = places.iter().map(|place| place.as_ref().map(|place| place.place)).collect();
        assert_eq!(given, expected, "{from:?}");
        drop(places);
        let here = admission.here();
        assert_eq!((here.usual, here.reserve, here.by_address.len()), (0, 0, 0));
    }

    #[test]
    fn who_is_let_in() {
        let (usual, reserve) = (Some(Place::Usual), Some(Place::Reserve));
        let two = (10, 2);
        check(two, "", &["1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.5"], &[usual, usual, reserve, usual]);
        let ours = &["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"];
        check(two, "", ours, &[usual, usual, reserve, usual]);
        check(two, "", &["::ffff:1.2.3.4", "1.2.3.4", "1.2.3.4"], &[usual, usual, reserve]);
        check(two, "", &["127.0.0.1", "127.0.0.1", "127.0.0.1", "::1", "::1", "::1"], &[usual; 6]);
        // A proxy speaks for many; other clients do not.
        check(two, "1.2.3.4", &["1.2.3.4", "::ffff:1.2.3.4", "1.2.3.4"], &[usual; 3]);
        check(two, "1.2.3.4", &["1.2.3.5", "1.2.3.5", "1.2.3.5"], &[usual, usual, reserve]);
        let full = (1, 128);
        check(full, "", &["1.2.3.4", "127.0.0.1"], &[usual, reserve]);
        let beyond: Vec<_> = [usual].into_iter().chain([reserve; RESERVE]).chain([None, None]).collect();
        check(full, "", &["1.2.3.4"; RESERVE + 3], &beyond);
    }

    #[test]
    fn live_lines_leave_files_for_pages() {
        for (files, all, lines) in [
            (256, 64, 64),
            (1_024, 352, 352),
            (20_000, MAX_CONNECTIONS, 15_584),
            (34_416, MAX_CONNECTIONS, LINES),
            (usize::MAX, MAX_CONNECTIONS, LINES),
        ] {
            assert_eq!(Caps::of_files(files), Caps { all, lines, of_one: OF_ONE }, "{files}");
        }
        let caps = Caps::of_process();
        assert!(caps.all >= RESERVE && caps.lines >= RESERVE);
    }
}
