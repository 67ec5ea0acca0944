using DeployStack.Data.Mapping;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>Instants, dates and times come back exactly and sort.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class TimeTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private readonly Random _random = new(20261);

    [Fact]
    public async Task Utc_times_come_back_to_the_tick_and_sort()
    {
        var values = Times(200);
        await RoundTrip.IsExactAsync(CreateDatabase(), "TEXT", values, static (a, b) => a == b && b.Kind == DateTimeKind.Utc);
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", values);
    }

    [Fact]
    public async Task Local_times_are_converted_and_unspecified_ones_taken_as_utc()
    {
        var database = CreateDatabase();
        var local = new DateTime(2024, 2, 29, 12, 30, 0, DateTimeKind.Local);
        var back = await database.ExecuteScalarAsync<DateTime>("SELECT @local", new { local });
        Assert.Equal((local.ToUniversalTime(), DateTimeKind.Utc), (back, back.Kind));
        var unspecified = new DateTime(2024, 2, 29, 12, 30, 0, DateTimeKind.Unspecified);
        back = await database.ExecuteScalarAsync<DateTime>("SELECT @unspecified", new { unspecified });
        Assert.Equal((unspecified, DateTimeKind.Utc), (back, back.Kind));
    }

    [Fact]
    public async Task Times_with_an_offset_come_back_with_it_and_sort_by_the_instant()
    {
        DateTimeOffset[] values =
        [
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2024, 2, 29, 23, 59, 59, 999, TimeSpan.FromHours(14)),
            new(2024, 2, 29, 23, 59, 59, 999, TimeSpan.FromHours(-14)), new(2024, 1, 1, 0, 0, 0, new TimeSpan(5, 45, 0)), new(2024, 1, 1, 0, 0, 0, new TimeSpan(0, -1, 0)),
            .. Enumerable.Range(0, 200).Select(_ => new DateTimeOffset(_random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(_random.Next(-14 * 60, (14 * 60) + 1)))),
        ];
        await RoundTrip.IsExactAsync(CreateDatabase(), "TEXT", values, static (a, b) => a.EqualsExact(b));
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", values.DistinctBy(static v => v.UtcTicks));
    }

    [Fact]
    public async Task Dates_come_back_and_sort()
    {
        DateOnly[] values = [DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29), .. Enumerable.Range(0, 100).Select(_ => DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber)))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", values);
    }

    [Fact]
    public async Task Times_of_day_come_back_to_the_tick_and_sort()
    {
        TimeOnly[] values = [TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 0), .. Enumerable.Range(0, 100).Select(_ => new TimeOnly(_random.NextInt64(TimeSpan.TicksPerDay)))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", values);
    }

    [Fact]
    public async Task Spans_of_time_come_back_to_the_tick_and_sort()
    {
        TimeSpan[] values = [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(-1), .. Enumerable.Range(0, 100).Select(_ => new TimeSpan(_random.NextInt64(long.MinValue, long.MaxValue)))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "INTEGER", values);
    }

    [Fact]
    public async Task Instants_may_be_stored_as_whole_seconds_or_milliseconds()
    {
        var seconds = new TypeProfile { DateTimes = DateTimeFormat.UnixSeconds };
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(new() { Types = seconds }), "INTEGER", Times(100).Select(static t => new DateTime(t.Ticks - (t.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc)));
        Assert.Equal(86_400, await CreateDatabase(new() { Types = seconds }).ExecuteScalarAsync<long>("SELECT @v", new { v = new DateTime(1970, 1, 2, 0, 0, 0, DateTimeKind.Utc) }));
        var milliseconds = new TypeProfile { DateTimes = DateTimeFormat.UnixMilliseconds };
        var values = Times(100).Select(static t => new DateTime(t.Ticks - (t.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc)).ToList();
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(new() { Types = milliseconds }), "INTEGER", values);
        await RoundTrip.SortsAsync(CreateDatabase(new() { Types = milliseconds }), "INTEGER", values.Select(static v => new DateTimeOffset(v)));
    }

    [Theory]
    [InlineData("'2024-02-29 12:30:00'")]
    [InlineData("'2024-02-29T12:30:00Z'")]
    [InlineData("'2024-02-29 12:30:00.000'")]
    [InlineData("'2024-02-29T14:30:00+02:00'")]
    [InlineData("'2024-02-29 12:30'")]
    [InlineData("1709209800")]
    [InlineData("1709209800000")]
    [InlineData("datetime(1709209800, 'unixepoch')")]
    [InlineData("strftime('%Y-%m-%dT%H:%M:%fZ', 1709209800, 'unixepoch')")]
    public async Task The_usual_forms_of_an_instant_are_read(string value)
    {
        var database = CreateDatabase();
        var expected = new DateTime(2024, 2, 29, 12, 30, 0, DateTimeKind.Utc);
        Assert.Equal(expected, await database.ExecuteScalarAsync<DateTime>($"SELECT {value}"));
        Assert.Equal(expected, (await database.ExecuteScalarAsync<DateTimeOffset>($"SELECT {value}")).UtcDateTime);
    }

    [Theory]
    [InlineData("'yesterday'")]
    [InlineData("'2024-02-30 12:30:00'")]
    [InlineData("'2024-02-29 25:00:00'")]
    [InlineData("'2024-02-29 12:30:00 and more'")]
    [InlineData("''")]
    [InlineData("1.5")]
    [InlineData("x'00'")]
    public async Task What_is_no_instant_is_refused_and_its_column_named(string value)
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<DateTime>($"SELECT {value} AS at"));
        Assert.Equal(["at"], error.Columns);
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<DateTimeOffset>($"SELECT {value}"));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<DateOnly>($"SELECT {value}"));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<TimeOnly>($"SELECT {value}"));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<TimeSpan>($"SELECT {value}"));
    }

    private List<DateTime> Times(int count) =>
    [
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), DateTime.UnixEpoch,
        DateTime.UnixEpoch.AddTicks(-1), new(2024, 2, 29, 23, 59, 59, 999, 999, DateTimeKind.Utc),
        .. Enumerable.Range(0, count).Select(_ => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc)),
    ];
}
