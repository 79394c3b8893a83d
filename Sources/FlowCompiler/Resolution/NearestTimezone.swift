import FlowLang

/// The zone that was probably meant: one of the same place (`Berlin`, `US/New_York`), or one of nearly the same name. Places whose names
/// are only alike lie far apart.
func nearestTimezone(_ name: String, in zones: [String]) -> String? {
    func place(_ zone: String) -> String {
        zone.split(separator: "/").last.map { $0.lowercased().replacing(" ", with: "_") } ?? ""
    }
    if let known = abbreviations[name.uppercased()], zones.contains(known) { return known }
    let wanted = place(name)
    let same = zones.filter { place($0) == wanted }
    return same.count == 1 ? same[0] : nearest(name, in: zones, maxEdits: 2)
}

/// What clocks on walls are called; an abbreviation has no daylight saving, and several places use the same.
private let abbreviations = [
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "EASTERN": "America/New_York",
    "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago", "CENTRAL": "America/Chicago",
    "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver", "MOUNTAIN": "America/Denver",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles", "GMT": "Europe/London", "BST": "Europe/London", "CET": "Europe/Berlin",
    "CEST": "Europe/Berlin", "AEST": "Australia/Sydney", "JST": "Asia/Tokyo", "IST": "Asia/Kolkata",
]
