namespace Spectral.Dsl

/// The keys under `resources`.
module internal ResourceKeys =

    open KeyForms

    let private bytes =
        Form.Text("an amount of bytes such as 8 GiB", Amounts.bytesPattern)

    /// The limits that a spec may set.
    let all = [
        optional
            "memory"
            bytes
            "none"
            "B, KB, MB, GB, TB, KiB, MiB, GiB, TiB"
            "The most resident memory of the process."
            "memory: 8 GiB"
        optional
            "time"
            (Form.Text("an amount of time such as 2 h", Amounts.timePattern))
            "none"
            "s, min, h, d"
            "The most time of a run with nothing in the cache; checked where this machine is calibrated."
            "time: 2 h"
        optional
            "disk"
            bytes
            "none"
            "B, KB, MB, GB, TB, KiB, MiB, GiB, TiB"
            "The most bytes of the bundle and the stage cache's entries together."
            "disk: 1 GiB"
    ]
