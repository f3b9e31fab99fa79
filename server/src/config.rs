//! What the program can be told: on its command line, or once in its environment.

use std::{net::SocketAddr, path::PathBuf};

use app::site_url::SiteUrl;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Areas, Email, Format, Genre, Role, Share};
use store::{Address, RedisAddress};

use crate::{
    alerts::webhook::WebhookUrl,
    mail::{Sender, SmtpUrl},
    proxies::Proxies,
};

/// A place to write, read and talk about stories.
#[derive(Debug, Parser)]
#[command(name = "quire", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the app until it is told to stop
    Serve(Box<Serve>),
    /// Say what is wrong with settings, database, Redis, clock and machine, and how to mend it
    ///
    /// It takes what serve takes, and changes nothing. The exit code is 1 if something is wrong.
    Check(Box<Serve>),
    /// Create the database, or bring its tables up to date
    Migrate(Library),
    /// Fill an empty database with the demo library and its three accounts
    Seed(Library),
    /// Copy the library into a file, while it is in use
    Backup(Backup),
    /// Put a backup in the place of an empty database
    Restore(Restore),
    /// Give the log a new name, after an older state of the database came back otherwise than by restore
    RenameLog(Library),
    /// Import a book from a file: Markdown, text, DOCX, EPUB or a web page
    Import(Import),
    /// Make the owner of an account a reader, a writer or a manager
    SetRole(SetRole),
    /// Print a link to another password, good once and for an hour, for a person who forgot theirs
    ResetPassword(ResetPassword),
    /// Turn an account's second step off, for a person who lost their app and their recovery codes
    ///
    /// Make sure that the account is theirs. They sign in with their password alone then, and are told by mail.
    EndSecondStep(EndSecondStep),
    /// Give an account another e-mail address, for a place that sends no mail
    ///
    /// Make sure that the new address is its owner's. Every session of the account ends.
    ChangeEmail(ChangeEmail),
}

/// Which library.
#[derive(Debug, Args)]
pub struct Library {
    /// The database: sqlite:PATH, or the URL of a PostgreSQL server
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite:quire.db",
        value_name = "ADDRESS"
    )]
    pub database: Address,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The address to listen at; port 0 takes a free one
    #[arg(long, env = "QUIRE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where /metrics, /debug/cache and that page's functions are, and nowhere else then: the whole app, for those
    /// who look after the node. Without, they are at --addr
    #[arg(long, env = "QUIRE_ADMIN_ADDR", value_name = "ADDR")]
    pub admin_addr: Option<SocketAddr>,
    /// Our own proxies: addresses and networks, with commas. The node believes X-Forwarded-For and
    /// X-Forwarded-Proto from them alone
    #[arg(long, env = "QUIRE_TRUSTED_PROXIES", value_name = "NETWORKS", conflicts_with = "behind_proxy")]
    pub trusted_proxies: Option<Proxies>,
    /// Older than --trusted-proxies: believe every connection, because none but our one proxy can reach this node
    #[arg(long, env = "QUIRE_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Where the world finds this site, as in <https://stories.example>: for the addresses in feeds, in the sitemap and
    /// in what pages say of themselves elsewhere. Without, they are as their asker wrote them
    #[arg(long, env = "QUIRE_URL", value_name = "URL")]
    pub url: Option<SiteUrl>,
    /// What the memory tier may hold, in MiB
    #[arg(long, env = "QUIRE_MEMORY", default_value_t = 256, value_name = "MIB")]
    pub memory: u64,
    /// Redis, for several nodes to share answers and tell each other of commits: redis://…, rediss://…,
    /// or a cluster by several URLs with commas
    #[arg(long, env = "REDIS_URL", hide_env_values = true, value_name = "URL")]
    pub redis: Option<RedisAddress>,
    /// How many milliseconds Redis may take before the database is asked instead
    #[arg(long, env = "QUIRE_REDIS_PATIENCE", default_value_t = 50, value_name = "MS")]
    pub redis_patience: u64,
    /// For which areas answers are kept: all, off, or a list such as reading,community
    #[arg(long, env = "QUIRE_CACHE", default_value_t = Areas::ALL, value_name = "AREAS")]
    pub cache: Areas,
    /// Where alerts are sent, by POST, as JSON: an address that begins with https://
    #[arg(long, env = "QUIRE_ALERT_WEBHOOK", hide_env_values = true, value_name = "URL")]
    pub alert_webhook: Option<WebhookUrl>,
    /// What this node is called in alerts and on /debug/cache; else by its address
    #[arg(long, env = "QUIRE_NODE", value_name = "NAME")]
    pub node: Option<String>,
    /// The share of served answers that are checked a moment later, past every cache: from 0 to 1
    #[arg(long, env = "QUIRE_SAMPLE", default_value_t = Share::PERCENT, value_name = "SHARE")]
    pub sample: Share,
    /// Load what readers are about to ask before they do: on or off
    #[arg(long, env = "QUIRE_WARM", default_value = "on", value_name = "ON|OFF")]
    pub warm: Switch,
    /// Refuse writes beyond their budget, per account and per address: on, or off for load tests
    #[arg(long, env = "QUIRE_BUDGETS", default_value = "on", value_name = "ON|OFF")]
    pub budgets: Switch,
    /// The mail server: `smtps://user:password@host:465`, or `smtp://…` for STARTTLS. With it, people who forgot their
    /// password get a link by mail; it needs --url and --mail-from
    #[arg(long, env = "QUIRE_SMTP", hide_env_values = true, value_name = "URL", conflicts_with = "mail_dir")]
    pub smtp: Option<SmtpUrl>,
    /// For development: a folder in which each mail becomes a file
    #[arg(long, env = "QUIRE_MAIL_DIR", value_name = "FOLDER")]
    pub mail_dir: Option<PathBuf>,
    /// From whom mails come, as in "Quire <quire@stories.example>"
    #[arg(long, env = "QUIRE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<Sender>,
    /// Fill an empty database with the demo library first
    #[arg(long, env = "QUIRE_DEMO")]
    pub demo: bool,
}

impl Serve {
    /// Which proxies are believed.
    pub fn proxies(&self) -> Proxies {
        let every = if self.behind_proxy { Proxies::EveryPeer } else { Proxies::None };
        self.trusted_proxies.clone().unwrap_or(every)
    }
}

/// Whether something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// What to import.
#[derive(Debug, Args)]
pub struct Import {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The book: Markdown or plain text in UTF-8
    pub file: PathBuf,
    /// Whose book it becomes: the e-mail address of an account
    #[arg(long, value_name = "EMAIL", value_parser = Email::parse)]
    pub author: Email,
    /// Let everybody read it at once
    #[arg(long)]
    pub publish: bool,
    /// Its genre
    #[arg(long, default_value_t = Genre::Literary)]
    pub genre: Genre,
    /// novel or comic
    #[arg(long, default_value_t = Format::Novel)]
    pub format: Format,
}

/// Where the backup comes.
#[derive(Debug, Args)]
pub struct Backup {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The file to write
    pub file: PathBuf,
    /// Replace the file if it is there already
    #[arg(long)]
    pub force: bool,
}

/// Which backup comes back, and where.
#[derive(Debug, Args)]
pub struct Restore {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The file that `quire backup` wrote
    pub file: PathBuf,
    /// Lose everything that is in the database now
    #[arg(long)]
    pub replace: bool,
}

/// Who gets a link to another password.
#[derive(Debug, Args)]
pub struct ResetPassword {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The e-mail address of the account
    #[arg(value_name = "EMAIL", value_parser = Email::parse)]
    pub email: Email,
    /// Where this site is, as in <https://stories.example>
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    pub site: String,
}

/// Whose second step ends.
#[derive(Debug, Args)]
pub struct EndSecondStep {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The e-mail address of the account
    #[arg(value_name = "EMAIL", value_parser = Email::parse)]
    pub email: Email,
}

/// Which account gets another address.
#[derive(Debug, Args)]
pub struct ChangeEmail {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// The e-mail address of the account
    #[arg(value_name = "EMAIL", value_parser = Email::parse)]
    pub email: Email,
    /// The address that it gets
    #[arg(value_name = "NEW", value_parser = Email::parse)]
    pub new: Email,
}

/// Who may do what from now on.
#[derive(Debug, Args)]
pub struct SetRole {
    /// Which library.
    #[command(flatten)]
    pub library: Library,
    /// Who: the e-mail address of an account
    #[arg(value_name = "EMAIL", value_parser = Email::parse)]
    pub email: Email,
    /// reader, writer or manager
    pub role: Role,
}
