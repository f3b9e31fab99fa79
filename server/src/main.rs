//! The program `quire`.

use std::process::ExitCode;

use clap::{Parser, error::ErrorKind};
use domain::{Email, UserId};
use server::{
    backup::{back_up, restore},
    check::check,
    config::{ChangeEmail, Cli, Command, EndSecondStep, ResetPassword, SetRole},
    import::import,
    serve::serve,
    telemetry::Telemetry,
};
use store::Store;

#[tokio::main]
async fn main() -> ExitCode {
    // Alone, as `cargo leptos` starts it, the program serves.
    let arguments = std::env::args_os();
    let alone = arguments.len() < 2;
    let cli = match Cli::try_parse_from(arguments.chain(alone.then(|| "serve".into()))) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let _telemetry = match Telemetry::begin() {
        Ok(telemetry) => telemetry,
        Err(error) => {
            eprintln!("error: traces can't be sent: {error}");
            return ExitCode::FAILURE;
        }
    };
    match run(cli.command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match command {
        Command::Serve(config) => serve(*config).await?,
        Command::Check(config) => {
            let found = check(&config).await;
            for finding in &found {
                println!("{finding}");
            }
            if !found.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
            println!("Nothing is wrong.");
        }
        Command::Migrate(library) => {
            Store::open(&library.database).await?;
            println!("The database is up to date.");
        }
        Command::Seed(library) => {
            let seeded = Store::open(&library.database).await?.seed_demo().await?;
            println!(
                "{}",
                if seeded { "The demo library is there." } else { "Nothing done: there are accounts already." }
            );
        }
        Command::Backup(config) => println!("{}", back_up(config).await?),
        Command::Restore(config) => println!("{}", restore(config).await?),
        Command::RenameLog(library) => {
            let log = Store::open(&library.database).await?.rename_log().await?;
            println!("The log is called {log} from now on. Start every node anew.");
        }
        Command::Import(config) => println!("{}", import(config).await?),
        Command::SetRole(SetRole { library, email, role }) => {
            let store = Store::open(&library.database).await?;
            let user = find(&store, &email).await?;
            store.set_role(user, role).await?;
            println!("{} is a {role} now.", email.as_str());
        }
        Command::ResetPassword(ResetPassword { library, email, site }) => {
            let store = Store::open(&library.database).await?;
            let user = find(&store, &email).await?;
            let link = store.begin_reset(user).await?;
            println!("{}/reset-password?link={}", site.trim_end_matches('/'), link.as_str());
            eprintln!("Good once, for an hour. Give it to nobody but the owner of {}.", email.as_str());
        }
        Command::EndSecondStep(EndSecondStep { library, email }) => {
            let store = Store::open(&library.database).await?;
            let user = find(&store, &email).await?;
            let was_on = *store.end_second_factor(user).await?.value();
            let said = if was_on { "asks for no code at sign-in any more" } else { "asked for no code at sign-in" };
            println!("The account of {} {said}.", email.as_str());
        }
        Command::ChangeEmail(ChangeEmail { library, email, new }) => {
            let store = Store::open(&library.database).await?;
            let user = find(&store, &email).await?;
            store.set_email(user, &new).await?;
            println!("The account of {} has the address {} now.", email.as_str(), new.as_str());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whose account has this address.
async fn find(store: &Store, email: &Email) -> Result<UserId, Box<dyn std::error::Error>> {
    Ok(store.find_user(email).await?.ok_or("There is no account with that e-mail address.")?)
}

/// A bad value is one clear line and exit code 2; help and version are what was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let text = error.to_string();
            eprintln!("{}", text.lines().next().unwrap_or(&text));
            ExitCode::from(2)
        }
        _ => error.exit(),
    }
}
