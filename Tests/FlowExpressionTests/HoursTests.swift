import FlowProgram
import FlowRuntime
import Testing

/// Opening hours by real zones: the machine's time zone database decides when clocks change.
@Suite("Hours in zones") struct HoursTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var zone: String
        var instant: String
        var isOpen: Bool
        var why: String
        var testDescription: String { "\(zone) \(instant): \(why)" }
    }

    private typealias Span = Program.Calendar.Span

    /// 9:00-17:00 with an hour for lunch from Monday to Friday; Saturdays 22:00 to 2:30 of the next day.
    private static func calendar() -> Program.Calendar {
        let day = [Span(from: 540, to: 720), Span(from: 780, to: 1_020)]
        return Program.Calendar(
            name: "office", week: [day, day, day, day, day, [Span(from: 1_320, to: 1_590)], []],
            closed: [date("2026-12-25")].compactMap(\.self),
            openOn: [
                Program.Calendar.OpenDay(
                    date: date("2026-12-24") ?? .earliest, span: Span(from: 540, to: 600))
            ])
    }

    private static func date(_ text: String) -> CivilDate? { writtenDate(Array(text.utf8)) }

    static let cases: [Case] = [
        // New York: from -5 to -4 h on 8 March at 2:00, back on 1 November at 2:00.
        Case(
            zone: "America/New_York", instant: "2026-03-06T13:59:59Z", isOpen: false,
            why: "winter, a second before nine"),
        Case(zone: "America/New_York", instant: "2026-03-06T14:00:00Z", isOpen: true, why: "winter, nine"),
        Case(
            zone: "America/New_York", instant: "2026-03-09T12:59:59Z", isOpen: false,
            why: "summer, before nine"),
        Case(zone: "America/New_York", instant: "2026-03-09T13:00:00Z", isOpen: true, why: "summer, nine"),
        Case(zone: "America/New_York", instant: "2026-03-09T16:30:00Z", isOpen: false, why: "lunch"),
        Case(zone: "America/New_York", instant: "2026-03-09T17:00:00Z", isOpen: true, why: "after lunch"),
        Case(
            zone: "America/New_York", instant: "2026-03-08T06:59:00Z", isOpen: true,
            why: "1:59 of the short night"),
        Case(
            zone: "America/New_York", instant: "2026-03-08T07:00:00Z", isOpen: false,
            why: "3:00 follows: 2:30 never comes"),
        Case(
            zone: "America/New_York", instant: "2026-11-01T05:30:00Z", isOpen: true,
            why: "1:30 for the first time"),
        Case(
            zone: "America/New_York", instant: "2026-11-01T06:30:00Z", isOpen: true,
            why: "1:30 for the second time"),
        Case(
            zone: "America/New_York", instant: "2026-11-01T07:29:00Z", isOpen: true,
            why: "2:29, an hour later than usual"),
        Case(zone: "America/New_York", instant: "2026-11-01T07:30:00Z", isOpen: false, why: "2:30"),
        // Sydney: from +11 to +10 h on 5 April at 3:00, back on 4 October at 2:00.
        Case(
            zone: "Australia/Sydney", instant: "2026-04-02T22:00:00Z", isOpen: true,
            why: "summer, nine on Friday"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-05T22:59:59Z", isOpen: false,
            why: "winter, before nine on Monday"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-05T23:00:00Z", isOpen: true,
            why: "winter, nine on Monday"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-04T15:29:00Z", isOpen: true,
            why: "2:29 for the first time"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-04T15:30:00Z", isOpen: false,
            why: "2:30 for the first time"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-04T16:15:00Z", isOpen: true,
            why: "2:15 comes again: the clock on the wall decides"),
        Case(
            zone: "Australia/Sydney", instant: "2026-04-04T16:30:00Z", isOpen: false,
            why: "2:30 for the second time"),
        Case(
            zone: "Australia/Sydney", instant: "2026-10-03T15:59:00Z", isOpen: true,
            why: "1:59 of the short night"),
        Case(zone: "Australia/Sydney", instant: "2026-10-03T16:00:00Z", isOpen: false, why: "3:00 follows"),
        // Half an hour only.
        Case(zone: "Australia/Lord_Howe", instant: "2026-10-03T15:29:00Z", isOpen: true, why: "1:59"),
        Case(
            zone: "Australia/Lord_Howe", instant: "2026-10-03T15:30:00Z", isOpen: false, why: "2:30 follows"),
        // Santiago: midnight of 6 September doesn't come.
        Case(zone: "America/Santiago", instant: "2026-09-06T03:59:00Z", isOpen: true, why: "23:59"),
        Case(zone: "America/Santiago", instant: "2026-09-06T04:00:00Z", isOpen: true, why: "1:00 follows"),
        Case(zone: "America/Santiago", instant: "2026-09-06T05:29:00Z", isOpen: true, why: "2:29"),
        Case(zone: "America/Santiago", instant: "2026-09-06T05:30:00Z", isOpen: false, why: "2:30"),
        // No change at all; a quarter of an hour beside the others.
        Case(zone: "America/Phoenix", instant: "2026-03-06T16:00:00Z", isOpen: true, why: "nine in winter"),
        Case(zone: "America/Phoenix", instant: "2026-07-06T15:59:00Z", isOpen: false, why: "8:59 in summer"),
        Case(zone: "America/Phoenix", instant: "2026-07-06T16:00:00Z", isOpen: true, why: "nine in summer"),
        Case(zone: "Asia/Kathmandu", instant: "2026-07-06T03:14:00Z", isOpen: false, why: "8:59"),
        Case(zone: "Asia/Kathmandu", instant: "2026-07-06T03:15:00Z", isOpen: true, why: "nine"),
        // Days are those of the zone.
        Case(
            zone: "Pacific/Kiritimati", instant: "2026-12-24T20:00:00Z", isOpen: false, why: "the 25th there"),
        Case(
            zone: "Pacific/Kiritimati", instant: "2026-12-23T19:30:00Z", isOpen: true, why: "9:30 of the 24th"
        ),
        Case(
            zone: "Pacific/Pago_Pago", instant: "2026-12-25T20:30:00Z", isOpen: false, why: "the 25th there"),
        Case(
            zone: "Pacific/Pago_Pago", instant: "2026-12-24T20:30:00Z", isOpen: true, why: "9:30 of the 24th"),
        Case(
            zone: "Pacific/Pago_Pago", instant: "2026-12-24T22:30:00Z", isOpen: false,
            why: "its hours end at ten"),
    ]

    @Test("Hours are those of the clock on the wall", arguments: cases)
    func isOpen(row: Case) throws {
        let instant = try #require(writtenInstant(Array(row.instant.utf8)))
        let rules = SystemZoneRules()
        try #require(rules.knows(row.zone))
        #expect(Self.calendar().isOpen(at: instant, zone: row.zone, rules: rules) == row.isOpen)
    }

    @Test(
        "Around every change of a year open and closed follow the clock, minute by minute",
        arguments: [
            "America/New_York", "Europe/London", "Australia/Sydney", "America/Santiago", "Asia/Tokyo",
            "Africa/Casablanca",
        ])
    func everyMinute(zone: String) throws {
        let rules = SystemZoneRules()
        let start = try #require(writtenInstant(Array("2026-01-01T00:00:00Z".utf8)))
        let calendar = Self.calendar()
        var last = rules.offset(of: zone, at: start)
        var changes = 0
        for hour in 1...8_760 {
            let instant = start + Int64(hour) * 3_600_000
            let offset = rules.offset(of: zone, at: instant)
            defer { last = offset }
            guard offset != last else { continue }
            changes += 1
            for minute in -180...180 {
                let moment = instant + Int64(minute) * 60_000
                let local = moment + Int64(rules.offset(of: zone, at: moment)) * 1_000
                // The same clock in a zone without changes.
                let isOpen = calendar.isOpen(at: local, zone: "UTC", rules: rules)
                #expect(calendar.isOpen(at: moment, zone: zone, rules: rules) == isOpen)
            }
        }
        #expect(zone == "Asia/Tokyo" ? changes == 0 : changes >= 2)
    }
}
