public import FlowProgram
internal import Foundation
internal import Synchronization

/// The zone rules of the machine's time zone database.
public final class SystemZoneRules: ZoneRules {
    /// Zones are looked up once; names come from programs only, so they are few.
    private let zones = Mutex<[String: TimeZone?]>([:])

    public init() {}

    /// Seconds east of UTC; 0 for an unknown zone.
    public func offset(of zone: String, at instant: Int64) -> Int {
        let date = Date(timeIntervalSince1970: Double(clampedInstant(instant)) / 1_000)
        return timeZone(zone)?.secondsFromGMT(for: date) ?? 0
    }

    /// Whether the database has the zone.
    public func knows(_ zone: String) -> Bool {
        timeZone(zone) != nil
    }

    /// The zones that the database names, in the order of their names.
    public var names: [String] {
        TimeZone.knownTimeZoneIdentifiers.filter(isZoneName).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    private func timeZone(_ name: String) -> TimeZone? {
        zones.withLock { zones in
            if let known = zones[name] { return known }
            let zone = isZoneName(name) ? TimeZone(identifier: name) : nil
            zones[name] = .some(zone)
            return zone
        }
    }

    /// `Area/Place`, or `UTC`: abbreviations mean different zones to different people.
    private func isZoneName(_ name: String) -> Bool {
        name == "UTC" || (name.utf8.contains(UInt8(ascii: "/")) && name.utf8.count <= 64)
    }
}
