//! Servers on this machine, good and bad. They run until the process ends.

#![allow(clippy::expect_used, reason = "a failed expectation fails the test")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use axum::Router;

/// Serves routes on a free port.
pub(crate) fn serve(router: Router) -> u16 {
    let (sender, receiver) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            sender.send(listener.local_addr().expect("an address").port()).expect("a receiver");
            axum::serve(listener, router).await.expect("a server");
        });
    });
    receiver.recv().expect("a port")
}

/// A server that does one thing with every connection.
pub(crate) fn raw(behave: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + Clone + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let behave = behave.clone();
            thread::spawn(move || {
                let _ = stream.read(&mut [0; 2048]);
                // The client goes away in the middle: that is what it is to do.
                let _ = behave(&mut stream);
            });
        }
    });
    port
}

/// A server that sends a head, and a body.
pub(crate) fn answering(status: &'static str, body: impl Into<String>) -> u16 {
    let body = body.into();
    raw(move |stream| {
        let length = body.len();
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
    })
}
