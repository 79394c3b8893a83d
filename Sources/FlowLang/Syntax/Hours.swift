/// A named calendar as written, its words read: `open: {mon-fri: "09:00-17:30"}`, dates closed and open.
package struct HoursDeclaration: Sendable, Equatable {
    package struct Opening: Sendable, Equatable {
        /// 0 is Monday, 6 Sunday.
        package var weekdays: [Int]
        /// In minutes after midnight; `to` ≤ `from` runs past midnight; 1440 is the day's end.
        package var from: Int
        package var to: Int
        package var span: Span

        package init(weekdays: [Int], from: Int, to: Int, span: Span) {
            self.weekdays = weekdays
            self.from = from
            self.to = to
            self.span = span
        }
    }

    package struct Day: Sendable, Equatable {
        package var year: Int
        package var month: Int
        package var day: Int
        /// Only for `open_on`, minutes after midnight.
        package var from: Int
        package var to: Int
        package var span: Span

        package init(year: Int, month: Int, day: Int, from: Int, to: Int, span: Span) {
            self.year = year
            self.month = month
            self.day = day
            self.from = from
            self.to = to
            self.span = span
        }
    }

    package var name: Located<String>
    package var open: [Opening]
    package var closed: [Day]
    package var openOn: [Day]

    package init(name: Located<String>, open: [Opening], closed: [Day], openOn: [Day]) {
        self.name = name
        self.open = open
        self.closed = closed
        self.openOn = openOn
    }
}
