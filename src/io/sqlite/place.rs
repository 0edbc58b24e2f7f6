//! What kind of file system the ledger lies on.

use std::path::Path;

/// The name of the network file system that a folder lies on, if it is one. Write-ahead logging shares memory between the
/// processes of one machine (<https://sqlite.org/wal.html>): two machines that write such a file destroy it. Known on
/// Linux only.
#[cfg(target_os = "linux")]
pub(super) fn network(folder: &Path) -> Option<&'static str> {
    // A folder that can't be asked can't be opened either, which is told then.
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    // The number is signed or not, of 32 bits or 64, as the machine has it; it means 32 bits.
    name(u32::try_from(i128::from(kind) & 0xffff_ffff).ok()?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn network(_: &Path) -> Option<&'static str> {
    None
}

/// The numbers of `statfs(2)` (<https://man7.org/linux/man-pages/man2/statfs.2.html>).
#[cfg(target_os = "linux")]
fn name(kind: u32) -> Option<&'static str> {
    Some(match kind {
        0x0000_6969 => "NFS",
        0x0000_517b | 0xfe53_4d42 => "SMB",
        0xff53_4d42 => "CIFS",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x7375_7245 => "Coda",
        _ => return None,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_their_numbers() {
        assert_eq!((name(0x6969), name(0xff53_4d42)), (Some("NFS"), Some("CIFS")));
        // ext4, tmpfs, overlay, btrfs.
        for local in [0xef53, 0x0102_1994, 0x794c_7630, 0x9123_683e] {
            assert_eq!(name(local), None, "{local:x}");
        }
        assert_eq!(network(Path::new("/proc")), None);
    }
}
