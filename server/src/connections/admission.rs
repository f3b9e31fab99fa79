//! Who is let in.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::proxies::neighbourhood;

/// Connections at once, if the system lets us open as many files.
const MOST: usize = 4_096;
/// Connections of one address at once.
const OF_ONE: usize = 128;
/// Connections beyond the cap that are told so.
const RESERVE: usize = 64;
/// Files that are no visitor's connection: the library's, Redis', those that are sent.
const OWN_FILES: usize = 256;

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caps {
    /// Of all together.
    pub(crate) all: usize,
    /// Of one address; `None` where a proxy of ours stands in front, because all come from it.
    pub(crate) of_one: Option<usize>,
}

impl Caps {
    /// What this process can bear.
    pub(crate) fn of_process(behind_proxy: bool) -> Self {
        let files = open_files().unwrap_or(1_024);
        let all = files.saturating_sub(OWN_FILES + RESERVE).clamp(RESERVE, MOST);
        Self { all, of_one: (!behind_proxy).then_some(OF_ONE) }
    }
}

/// How many files this process may open, where the system says it.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

/// Counts who is here.
pub(super) struct Admission {
    caps: Caps,
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
    pub(super) fn new(caps: Caps) -> Self {
        Self { caps, here: Mutex::default() }
    }

    /// A place for a connection from there, if there is any.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Admitted> {
        let mut here = self.here();
        let address = counted(address);
        let of_one = address.and_then(|address| here.by_address.get(&address)).copied().unwrap_or_default();
        let has_room = here.usual < self.caps.all && self.caps.of_one.is_none_or(|most| of_one < most);
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

/// The address as it is counted: a whole /64, which is what one household has; this machine's own is not.
fn counted(address: IpAddr) -> Option<IpAddr> {
    let address = neighbourhood(address.to_canonical());
    let is_own = match address {
        IpAddr::V4(address) => address.is_loopback(),
        // ::1 is the only one of its /64 that is used.
        IpAddr::V6(address) => address.is_unspecified(),
    };
    (!is_own).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(caps: Caps, from: &[&str], expected: &[Option<Place>]) {
        let admission = Arc::new(Admission::new(caps));
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
        let two = Caps { all: 10, of_one: Some(2) };
        check(two, &["1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.5"], &[usual, usual, reserve, usual]);
        check(two, &["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"], &[usual, usual, reserve, usual]);
        check(two, &["::ffff:1.2.3.4", "1.2.3.4", "1.2.3.4"], &[usual, usual, reserve]);
        check(two, &["127.0.0.1", "127.0.0.1", "127.0.0.1", "::1", "::1", "::1"], &[usual; 6]);
        let full = Caps { all: 1, of_one: None };
        check(full, &["1.2.3.4", "127.0.0.1"], &[usual, reserve]);
        let beyond: Vec<_> = [usual].into_iter().chain([reserve; RESERVE]).chain([None, None]).collect();
        check(full, &["1.2.3.4"; RESERVE + 3], &beyond);
    }
}
