//! Disk, threads, clock; kept thin.
