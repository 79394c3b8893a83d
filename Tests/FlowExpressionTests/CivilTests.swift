import FlowProgram
import FlowRuntime
import Testing

@Suite struct CivilTests {
    static let days: [(Int, Int, Int, Int32, Int)] = [
        (1970, 1, 1, 0, 3), (1969, 12, 31, -1, 2), (2000, 2, 29, 11_016, 1), (2026, 11, 21, 20_778, 5),
        (1, 1, 1, -719_162, 0), (9999, 12, 31, 2_932_896, 4), (1900, 3, 1, -25_508, 3),
    ]

    @Test("a day is a number and back", arguments: days)
    func dayNumbers(row: (Int, Int, Int, Int32, Int)) throws {
        let date = try #require(CivilDate(year: row.0, month: row.1, day: row.2))
        #expect(date.days == row.3)
        #expect(date.parts == (row.0, row.1, row.2))
        #expect(date.weekday == row.4)
    }

    @Test("every day of four centuries comes after the one before it")
    func consecutive() throws {
        var date = try #require(CivilDate(year: 1899, month: 12, day: 31))
        for _ in 0..<146_097 {
            let next = date.adding(days: 1)
            let (year, month, day) = next.parts
            #expect(CivilDate(year: year, month: month, day: day) == next)
            date = next
        }
        #expect(date.parts == (2299, 12, 31))
    }

    @Test(
        "a day that the calendar doesn't have is none",
        arguments: [
            (2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (0, 1, 1),
            (10_000, 1, 1),
        ])
    func noDays(row: (Int, Int, Int)) {
        #expect(CivilDate(year: row.0, month: row.1, day: row.2) == nil)
    }

    @Test("dates stay within the calendar")
    func bounds() {
        #expect(CivilDate.latest.adding(days: .max) == .latest)
        #expect(CivilDate.earliest.adding(days: .min) == .earliest)
        #expect(CivilDate(days: .min).parts.year < 0)
    }

    static let instants: [(String, Int64?)] = [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T10:30:00.5Z", 1_795_257_000_500),
        ("1969-12-31T23:59:59.999Z", -1), ("2026-11-21T10:30:00+02:00", 1_795_249_800_000),
        ("2026-11-21 10:30:00Z", nil), ("2026-11-21T10:30Z", nil), ("2026-11-21T24:00:00Z", nil),
        ("2026-11-21T10:30:00", nil), ("2026-11-21T10:30:00.Z", nil), ("2026-11-21T10:30:00+2:00", nil),
    ]

    @Test("an instant is read as RFC 3339 writes it", arguments: instants)
    func readsInstants(row: (String, Int64?)) {
        #expect(writtenInstant(Array(row.0.utf8)) == row.1)
    }

    @Test("an instant is written as it is read", arguments: instants.compactMap(\.1))
    func writesInstants(value: Int64) {
        #expect(instant(instantText(value)) == value)
    }

    static let clocks: [(String, String, String)] = [
        ("2026-03-08T06:59:59Z", "2026-03-08", "01:59:59"), ("2026-03-08T07:00:00Z", "2026-03-08", "03:00"),
        ("2026-11-01T05:59:00Z", "2026-11-01", "01:59"), ("2026-11-01T06:00:00Z", "2026-11-01", "01:00"),
        ("2026-07-01T03:59:00Z", "2026-06-30", "23:59"),
    ]

    @Test("clocks of New York change in March and November", arguments: clocks)
    func daylightSaving(row: (String, String, String)) {
        let clock = CivilClock(timezone: "America/New_York", zones: SystemZoneRules())
        let (date, time) = clock.civil(at: instant(row.0))
        #expect(date.text == row.1)
        #expect(time.text == row.2)
    }

    @Test("the machine's rules know zones by their names")
    func zones() {
        let rules = SystemZoneRules()
        #expect(rules.knows("Europe/Berlin"))
        #expect(rules.knows("UTC"))
        #expect(!rules.knows("Europe/Atlantis"))
        #expect(!rules.knows("EST"))
        #expect(!rules.knows("../../etc/passwd"))
        #expect(rules.offset(of: "Europe/Atlantis", at: 0) == 0)
        #expect(rules.offset(of: "Asia/Kathmandu", at: 1_795_248_000_000) == 20_700)
        #expect(rules.offset(of: "Europe/Berlin", at: .max) == 3_600)
    }
}

@Suite struct OpenHoursTests {
    typealias Span = Program.Calendar.Span

    /// Mon-Fri 9-17:30, Sat 10-12 and 13-14, Fri also 22:00-02:00.
    static let office = Program.Calendar(
        name: "office",
        week: [
            [Span(from: 540, to: 1_050)], [Span(from: 540, to: 1_050)], [Span(from: 540, to: 1_050)],
            [Span(from: 540, to: 1_050)], [Span(from: 540, to: 1_050), Span(from: 1_320, to: 1_560)],
            [Span(from: 600, to: 720), Span(from: 780, to: 840)], [],
        ],
        closed: [date("2026-12-25"), date("2026-12-26")],
        openOn: [
            Program.Calendar.OpenDay(date: date("2026-12-20"), span: Span(from: 660, to: 900)),
            Program.Calendar.OpenDay(date: date("2026-12-26"), span: Span(from: 660, to: 900)),
        ])

    static let times: [(String, Bool)] = [
        ("2026-11-20T08:59:59Z", false), ("2026-11-20T09:00:00Z", true), ("2026-11-20T17:29:59Z", true),
        ("2026-11-20T17:30:00Z", false), ("2026-11-20T22:00:00Z", true), ("2026-11-21T00:00:00Z", true),
        ("2026-11-21T01:59:59Z", true), ("2026-11-21T02:00:00Z", false), ("2026-11-21T12:30:00Z", false),
        ("2026-11-21T13:30:00Z", true), ("2026-11-22T12:00:00Z", false), ("2026-12-25T12:00:00Z", false),
        ("2026-12-25T23:00:00Z", false), ("2026-12-26T01:00:00Z", false), ("2026-12-26T11:30:00Z", true),
        ("2026-12-26T10:30:00Z", false), ("2026-12-20T11:00:00Z", true), ("2026-12-18T23:30:00Z", true),
    ]

    @Test("an office is open in its hours and on its special days", arguments: times)
    func isOpen(row: (String, Bool)) {
        #expect(Self.office.isOpen(at: instant(row.0), zone: "UTC", rules: FixedZone()) == row.1)
    }

    @Test("a span past midnight goes on into a closed day")
    func intoClosedDay() {
        var office = Self.office
        office.closed = [date("2026-11-21")]
        #expect(office.isOpen(at: instant("2026-11-21T01:00:00Z"), zone: "UTC", rules: FixedZone()))
        #expect(!office.isOpen(at: instant("2026-11-21T11:00:00Z"), zone: "UTC", rules: FixedZone()))
    }

    /// Open 1:00-3:30 on Sundays in New York, where 2:00-3:00 is left out in March and 1:00-2:00 comes twice in November.
    static let sundays: [(String, Bool)] = [
        ("2026-03-08T05:59:00Z", false), ("2026-03-08T06:00:00Z", true), ("2026-03-08T07:29:00Z", true),
        ("2026-03-08T07:30:00Z", false), ("2026-11-01T05:00:00Z", true), ("2026-11-01T06:30:00Z", true),
        ("2026-11-01T08:29:00Z", true), ("2026-11-01T08:30:00Z", false),
    ]

    @Test("hours are those of the clock on the wall when it changes", arguments: sundays)
    func daylightSaving(row: (String, Bool)) {
        let night = Program.Calendar(
            name: "night", week: [[], [], [], [], [], [], [Span(from: 60, to: 210)]], closed: [], openOn: [])
        #expect(night.isOpen(at: instant(row.0), zone: "America/New_York", rules: SystemZoneRules()) == row.1)
    }

    @Test("a calendar without its seven days is closed")
    func incomplete() {
        let empty = Program.Calendar(name: "x", week: [], closed: [], openOn: [])
        #expect(!empty.isOpen(at: 0, zone: "UTC", rules: FixedZone()))
    }
}
