import FlowLang

/// The zone that was probably meant: one of the same place (`Berlin`, `US/New_York`), or one of nearly the same name. Places whose names
/// are only alike lie far apart.
func nearestTimezone(_ name: String, in zones: [String]) -> String? {
    func place(_ zone: String) -> String {
        zone.split(separator: "/").last.map { $0.lowercased().replacing(" ", with: "_") } ?? ""
    }
    let wanted = place(name)
    let same = zones.filter { place($0) == wanted }
    return same.count == 1 ? same[0] : nearest(name, in: zones, maxEdits: 2)
}
