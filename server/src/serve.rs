//! The life of the server, from listening to the last answer.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use leptos::config::{errors::LeptosConfigError, get_configuration};
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::signal;
use tokio::sync::watch;

use abreast_server::http::Heartbeat;
use app::{attempts::Attempts, site_url::SiteUrl};
use store::{Address, Settings, Store};

use crate::admin;
use crate::alerts::{
    self,
    webhook::{Pace, Webhook},
};
use crate::budgets::Budgets;
use crate::config::{Serve, Switch};
use crate::connections::{self, Caps};
use crate::live;
use crate::mail::{self, Carrier, MailError};
use crate::proxies::Proxies;
use crate::releases;
use crate::router::{RouterConfig, router};
use crate::upkeep;

/// Why the server could not start, or had to end.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The `LEPTOS_*` settings make no sense.
    #[error("the site's settings cannot be read")]
    Site(#[from] LeptosConfigError),
    /// The address is taken, or not ours.
    #[error("cannot listen at {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The library can't be opened.
    #[error("the database cannot be opened: {0}")]
    Store(#[from] store::Error),
    /// Others reach this address, and everybody knows the demo accounts' password.
    #[error(
        "{0} is open to others, and everybody knows the password of the demo accounts: \
         listen at 127.0.0.1, or take a library without them"
    )]
    Demo(SocketAddr),
    /// Alerts can't be sent anywhere.
    #[error("the alert webhook cannot be used")]
    Webhook(#[from] reqwest::Error),
    /// Mails have links, which lead to the site.
    #[error("mail needs QUIRE_URL: its links lead there")]
    MailWithoutUrl,
    /// Mails need a sender.
    #[error("mail needs QUIRE_MAIL_FROM: an address of yours")]
    MailWithoutSender,
    /// The mail server's address can't be used.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The network is gone.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Who carries mail, and the site that mails lead to, if mail is set up.
pub(crate) fn carrier(config: &Serve) -> Result<Option<(Carrier, SiteUrl)>, ServeError> {
    if config.smtp.is_none() && config.mail_dir.is_none() {
        return Ok(None);
    }
    let site = config.url.clone().ok_or(ServeError::MailWithoutUrl)?;
    let from = config.mail_from.clone().ok_or(ServeError::MailWithoutSender)?;
    let carrier = match (&config.smtp, &config.mail_dir) {
        (Some(url), _) => Carrier::smtp(url, from)?,
        (None, Some(folder)) => Carrier::folder(folder.clone(), from),
        (None, None) => return Ok(None),
    };
    Ok(Some((carrier, site)))
}

/// Serves until Ctrl-C or a polite kill, then finishes what it has begun.
pub async fn serve(config: Serve) -> Result<(), ServeError> {
    let proxies = config.proxies();
    let carrier = carrier(&config)?;
    let settings = Settings {
        memory_bytes: config.memory << 20,
        redis: config.redis,
        redis_patience: Duration::from_millis(config.redis_patience),
        areas: config.cache.into(),
        sample: config.sample,
        warm: config.warm == Switch::On,
        ..Settings::default()
    };
    let background = Background::start()?;
    let store = background.open(config.library.database, settings).await?;
    store.flag_demo_accounts().await?;
    let addresses = [Some(config.addr), config.admin_addr];
    let open = addresses.into_iter().flatten().find(|addr| !addr.ip().is_loopback());
    if let Some(addr) = open
        && (config.demo || store.has_demo_accounts().await?)
    {
        return Err(ServeError::Demo(addr));
    }
    if config.demo && store.seed_demo().await? {
        tracing::info!("filled the empty database with the demo library");
    }
    let listen = |addr| connections::listen(addr).map_err(|error| ServeError::Listen(addr, error));
    let listener = listen(config.addr)?;
    let admin = config.admin_addr.map(listen).transpose()?;
    let addr = listener.local_addr()?;
    let mut options = get_configuration(None)?.leptos_options;
    options.site_addr = addr;
    // Plain standard output, because the process that started us may wait for this line to learn the port.
    println!("listening on http://{addr}");
    if let Some(admin) = &admin {
        tracing::info!("what is for those who look after the node is at http://{}", admin.local_addr()?);
    }
    warn_of(addr, &proxies);
    invite_first_manager(&store, addr).await?;
    let budgets = (config.budgets == Switch::On).then(Budgets::default);
    let attempts = Attempts::default();
    tokio::spawn(tidy(store.clone(), attempts.clone(), budgets.clone()));
    tokio::spawn(releases::watch(store.clone()));
    tokio::spawn(upkeep::watch(store.clone()));
    let sends_mail = carrier.is_some();
    if let Some((carrier, site)) = carrier {
        tokio::spawn(mail::watch(store.clone(), carrier, site));
    }
    let node = config.node.unwrap_or_else(|| addr.to_string());
    store.join(node.clone());
    let webhook = config.alert_webhook.map(|url| Webhook::start(url, &node, Pace::default())).transpose()?;
    let notices = webhook.as_ref().map(|webhook| webhook.notices().clone());
    tokio::spawn(alerts::watch(store.clone(), webhook));
    let caps = Caps::of_process();
    let has_admin = admin.is_some();
    let config = RouterConfig {
        proxies: proxies.clone(),
        attempts,
        budgets,
        notices,
        has_admin,
        sends_mail,
        url: config.url,
        ..RouterConfig::default()
    };
    let live = live::start(&store, Heartbeat::default());
    let farewell = live.clone();
    let router = router(options, store, live.clone(), config);
    let (stopping, stopped) = watch::channel(());
    tokio::spawn(async move {
        told_to_stop().await;
        drop(stopping);
        farewell.close().await;
    });
    let stop = |mut stopped: watch::Receiver<()>| async move { drop(stopped.changed().await) };
    match admin {
        None => connections::serve(listener, router, caps, proxies, stop(stopped)).await,
        Some(admin) => {
            let public = admin::without(router.clone());
            tokio::join!(
                connections::serve(listener, public, caps, proxies.clone(), stop(stopped.clone())),
                connections::serve(admin, router, Caps::of_insiders(), proxies, stop(stopped)),
            );
        }
    }
    live.close().await;
    Ok(())
}

/// A thread for what the store does by itself. Following the log must not wait until a crowd has been looked after:
/// a node that can't read its log in time doesn't trust what it keeps, and makes everything anew for that crowd.
struct Background(Option<Runtime>);

impl Background {
    fn start() -> io::Result<Self> {
        let mut runtime = runtime::Builder::new_multi_thread();
        runtime.worker_threads(1).thread_name("quire-store").enable_all().build().map(|runtime| Self(Some(runtime)))
    }

    /// What a store begins when it is opened goes on where it was opened.
    async fn open(&self, address: Address, settings: Settings) -> Result<Store, ServeError> {
        let runtime = self.0.as_ref().expect("it runs until this is dropped");
        let opened = runtime.spawn(async move { Store::open_with(&address, settings).await });
        Ok(opened.await.map_err(io::Error::other)??)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // This does not wait: it is dropped in async code, where waiting is forbidden.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Says once what a node that strangers reach directly does not do for them.
fn warn_of(addr: SocketAddr, proxies: &Proxies) {
    if !addr.ip().is_loopback() && *proxies == Proxies::None {
        tracing::warn!(
            %addr,
            "this address is open to others and no proxy is named (QUIRE_TRUSTED_PROXIES): what is sent is not \
             encrypted, passwords included, and cookies are not marked Secure"
        );
    }
}

/// Prints a link that makes the first manager, while there is none. The terminal gets it, or the journal that takes
/// the terminal's place; a collector of traces does not.
async fn invite_first_manager(store: &Store, addr: SocketAddr) -> Result<(), ServeError> {
    if let Some(link) = store.begin_first_manager().await? {
        eprintln!(
            "There is no manager yet. This link makes the first one, once, within an hour:\n\n    \
             http://{addr}/register?link={}\n\n\
             Behind a proxy, put your site's address in the place of http://{addr}. \
             The next start prints another link.",
            link.as_str()
        );
    }
    Ok(())
}

/// Answers as the binary does, for as long as the process lives: what a measurement measures.
pub async fn answer_on(listener: TcpListener, router: Router) {
    connections::serve(listener, router, Caps::of_process(), Proxies::None, std::future::pending()).await;
}

/// Ends at the first signal to stop.
async fn told_to_stop() {
    let interrupt = async { signal::ctrl_c().await };
    #[cfg(unix)]
    let terminate = async {
        let mut stream = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        stream.recv().await;
        Ok::<_, io::Error>(())
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<io::Result<()>>();
    let told = tokio::select! { told = interrupt => told, told = terminate => told };
    if let Err(error) = told {
        tracing::warn!(%error, "signals cannot be heard; stopping");
    }
}

/// Forgets, every ten minutes, data without a use: sign-in attempts of long ago, the log's oldest rows, and answers to
/// idempotency keys from a day ago. Counts words again that an older version counted, which may still run beside this.
async fn tidy(store: Store, attempts: Attempts, budgets: Option<Budgets>) {
    let mut pause = tokio::time::interval(Duration::from_mins(10));
    loop {
        pause.tick().await;
        attempts.tidy();
        if let Some(budgets) = &budgets {
            budgets.tidy();
        }
        if let Err(error) = store.trim_log().await {
            tracing::warn!(%error, "the log could not be trimmed");
        }
        if let Err(error) = store.forget_answers().await {
            tracing::warn!(%error, "old answers could not be forgotten");
        }
        match store.give_handles().await {
            Ok(0) => {}
            Ok(accounts) => tracing::info!(accounts, "gave handles to accounts that had none"),
            Err(error) => tracing::warn!(%error, "accounts could not be given handles"),
        }
        match store.index_all().await {
            Ok(0) => {}
            Ok(things) => tracing::info!(things, "indexed what could not be found yet"),
            Err(error) => tracing::warn!(%error, "stories could not be indexed"),
        }
        match store.recount_words().await {
            Ok(0) => {}
            Ok(scenes) => tracing::info!(scenes, "counted the words again that an older version had counted"),
            Err(error) => tracing::warn!(%error, "words could not be counted again"),
        }
    }
}
