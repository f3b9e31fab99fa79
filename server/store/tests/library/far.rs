//! A node that is far from its database.

use services::Wire;
use store::{Address, Settings, Store};

use super::{Library, On};

impl Library {
    /// A library on a server, a node on it that has a wire of its own, and the wire.
    pub async fn with_far_node() -> (Self, Store, Wire) {
        let library = Self::open(On::Postgres).await;
        let Address::Postgres(url) = &library.address else { panic!("a server") };
        let (server, name) = url.rsplit_once('/').expect("a database");
        let (host, port) = server.rsplit_once(':').expect("a port");
        let wire = Wire::lay("127.0.0.1", port.parse().expect("a port")).await;
        let address = Address::Postgres(format!("{host}:{}/{name}", wire.port));
        let settings = Settings { warm: false, ..Settings::default() };
        (library, Store::open_with(&address, settings).await.expect("a node"), wire)
    }
}
