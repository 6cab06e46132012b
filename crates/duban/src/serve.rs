//! Serving a city until the program is told to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use files::sheet::read::Reader;
use journal::{Db, Error, Place, Result};
use kernel::Text;
use messages::channel::Channels;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::Settings;

use crate::cli::{READ_SHEET, ReachArgs};
use crate::tls::Tls;
use crate::{door, outward, rounds};

/// The port that is not asked for.
const PORT: u16 = 8080;

pub(crate) async fn run(place: &Place, reach: &ReachArgs, channels: Channels) -> Result<()> {
    let db = building::open(place).await?;
    let listener = listen(reach).await?;
    let address = listener.local_addr()?;
    let tls = tls_of(reach)?;
    tracing::info!(%address, tls = tls.is_some(), "serving");
    serve(db, (listener, tls), settings(reach, None), channels).await
}

/// Certificate and key, when both are named.
pub(crate) fn tls_of(reach: &ReachArgs) -> Result<Option<Arc<Tls>>> {
    match (&reach.tls_cert, &reach.tls_key) {
        (Some(cert), Some(key)) => Tls::read(cert, key).map(Some),
        (None, None) => Ok(None),
        _ => Err(Error::fault("--tls-cert and --tls-key belong together")),
    }
}

/// Binds the address, refusing plain HTTP to the world.
pub(crate) async fn listen(reach: &ReachArgs) -> Result<TcpListener> {
    let host = reach.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if !host.is_loopback() && reach.behind_proxy.is_empty() && reach.tls_cert.is_none() {
        return Err(Error::fault(format!(
            "plain HTTP is served on loopback only; give --tls-cert and --tls-key, or put a proxy with TLS in front and name it with --behind-proxy (asked for {host})"
        )));
    }
    let address = SocketAddr::new(host, reach.port.unwrap_or(PORT));
    TcpListener::bind(address).await.map_err(|e| Error::fault(format!("{address}: {e}")))
}

/// How browsers reach the program.
pub(crate) fn settings(reach: &ReachArgs, label: Option<Text>) -> Settings {
    Settings {
        base: reach.base.clone().unwrap_or_default().trim_end_matches('/').to_owned(),
        secure: reach.tls_cert.is_some() || !reach.behind_proxy.is_empty(),
        proxies: reach.behind_proxy.clone(),
        body_time_max: None,
        patience: None,
        label,
        reader: reader(),
    }
}

/// This very program reads spreadsheets in a process of its own.
pub(crate) fn reader() -> Reader {
    match std::env::current_exe() {
        Ok(program) => Reader::Program(program, READ_SHEET),
        // Without its own path the program reads nothing rather than without limits.
        Err(e) => {
            tracing::warn!(error = %e, "spreadsheets cannot be read");
            Reader::Program("/nowhere".into(), READ_SHEET)
        }
    }
}

/// Serves until SIGINT or SIGTERM; requests under way are finished.
pub(crate) async fn serve(
    db: Db,
    (listener, tls): (TcpListener, Option<Arc<Tls>>),
    settings: Settings,
    channels: Channels,
) -> Result<()> {
    let house = building::house();
    for city in db.jurisdictions().await? {
        tokio::spawn(journal::follow(db.clone(), city.jurisdiction_id, house.followers()));
    }
    tokio::spawn(rounds::go(db.clone()));
    tokio::spawn(rounds::reconcile(db.clone()));
    tokio::spawn(outward::go(db.clone(), channels));
    ui::assets::mount(&settings.base);
    let router = house.open(db, settings);
    let acceptor = tls.as_ref().map(Tls::acceptor).transpose()?;
    if let Some(tls) = tls {
        tokio::spawn(tls.watch());
    }
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
    };
    door::serve(listener, acceptor, router, stop).await
}
