using System.Numerics;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>Numbers, truth values and enums come back exactly, or not at all.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class NumberTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private readonly Random _random = new(20260);

    [Fact]
    public async Task Integers_of_every_width_come_back()
    {
        await IntegersAsync<sbyte>();
        await IntegersAsync<byte>();
        await IntegersAsync<short>();
        await IntegersAsync<ushort>();
        await IntegersAsync<int>();
        await IntegersAsync<uint>();
        await IntegersAsync<long>();

        async Task IntegersAsync<T>()
            where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
            => await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", [T.MinValue, T.MaxValue, T.Zero, T.One, .. Some(20, () => T.CreateTruncating(_random.NextInt64(long.MinValue, long.MaxValue)))]);
    }

    [Fact]
    public async Task Unsigned_integers_of_64_bits_come_back_and_sort()
    {
        ulong[] values = [0, 1, long.MaxValue, (ulong)long.MaxValue + 1, ulong.MaxValue - 1, ulong.MaxValue, .. Some(50, () => (ulong)_random.NextInt64(long.MinValue, long.MaxValue))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "", values);
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "", values);
        await RoundTrip.SortsAsync(CreateDatabase(), "INTEGER", values);
    }

    [Fact]
    public async Task Decimals_come_back_to_the_last_digit()
        => await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "TEXT", Decimals());

    [Fact]
    public async Task Decimals_sort_as_numbers()
    {
        await RoundTrip.SortsAsync(CreateDatabase(), "TEXT", Decimals());
        await RoundTrip.SortsAsync(CreateDatabase(), "", Decimals());
    }

    [Fact]
    public async Task Equal_decimals_are_equal_in_the_database_whatever_their_scale()
    {
        var database = CreateDatabase();
        Assert.True(await database.ExecuteScalarAsync<bool>("SELECT @a = @b", new { a = 1.5m, b = 1.500m }));
        Assert.True(await database.ExecuteScalarAsync<bool>("SELECT @a = @b", new { a = 0m, b = -0.00m }));
        Assert.False(await database.ExecuteScalarAsync<bool>("SELECT @a = @b", new { a = 1.5m, b = 1.5000000000000000000000000001m }));
    }

    [Fact]
    public async Task Decimals_are_read_from_plain_numbers_too()
    {
        var database = CreateDatabase();
        Assert.Equal(42m, await database.ExecuteScalarAsync<decimal>("SELECT 42"));
        Assert.Equal(0.1m, await database.ExecuteScalarAsync<decimal>("SELECT 0.1"));
        Assert.Equal(-1.25m, await database.ExecuteScalarAsync<decimal>("SELECT '-1.25'"));
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<decimal>("SELECT 1e300 AS price"));
        Assert.Equal(["price"], error.Columns);
    }

    [Fact]
    public async Task Floating_point_numbers_come_back_to_the_last_bit()
    {
        double[] doubles = [0, -1.5, 0.1, 1 / 3.0, double.MaxValue, double.MinValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, .. Some(200, () => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue))).Where(static d => !double.IsNaN(d))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "REAL", doubles);
        await RoundTrip.SortsAsync(CreateDatabase(), "REAL", doubles);
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "", doubles);
        float[] singles = [0, 0.1f, float.MaxValue, float.Epsilon, float.PositiveInfinity, .. Some(100, () => BitConverter.Int32BitsToSingle(_random.Next(int.MinValue, int.MaxValue))).Where(static f => !float.IsNaN(f))];
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "REAL", singles);
    }

    [Fact]
    public async Task Truth_values_come_back()
        => await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", [true, false, true]);

    [Fact]
    public async Task Enums_come_back_as_numbers_and_as_names()
    {
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", [Color.Red, Color.Blue, (Color)77, (Color)(-1)]);
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "", [Wide.None, Wide.Top, (Wide)ulong.MaxValue]);
        await RoundTrip.IsExactWithNullsAsync(CreateDatabase(), "INTEGER", [Options.None, Options.Read | Options.Write, Options.Write]);
        var database = CreateDatabase(new() { Types = new() { Enums = Mapping.EnumFormat.Text } });
        await RoundTrip.IsExactWithNullsAsync(database, "TEXT", [Color.Red, Color.Blue, (Color)77]);
        Assert.Equal("Blue", await database.ExecuteScalarAsync<string>("SELECT @v", new { v = Color.Blue }));
        Assert.Equal(Options.Read | Options.Write, await database.ExecuteScalarAsync<Options>("SELECT @v", new { v = Options.Read | Options.Write }));
        Assert.Equal(Color.Blue, await database.ExecuteScalarAsync<Color>("SELECT 5"));
        Assert.Equal(Color.Blue, await CreateDatabase().ExecuteScalarAsync<Color>("SELECT 'blue'"));
        Assert.Equal(5, await CreateDatabase().ExecuteScalarAsync<int>("SELECT @v", new { v = Color.Blue }));
    }

    [Fact]
    public async Task A_number_that_does_not_fit_is_refused_and_its_column_named()
    {
        await DoesNotFitAsync<byte>("256");
        await DoesNotFitAsync<byte>("-1");
        await DoesNotFitAsync<sbyte>("128");
        await DoesNotFitAsync<short>("32768");
        await DoesNotFitAsync<ushort>("-1");
        await DoesNotFitAsync<int>("2147483648");
        await DoesNotFitAsync<uint>("4294967296");
        await DoesNotFitAsync<ulong>("-1");
        await DoesNotFitAsync<int>("1.5");
        await DoesNotFitAsync<long>("9223372036854775808.0");
        await DoesNotFitAsync<int>("'text'");
        await DoesNotFitAsync<int>("x'00'");
        await DoesNotFitAsync<float>("1e300");
        await DoesNotFitAsync<double>("'text'");
        await DoesNotFitAsync<bool>("2");
        await DoesNotFitAsync<bool>("'true'");
        await DoesNotFitAsync<Color>("'Purple'");
        await DoesNotFitAsync<Small>("256");
        Assert.Equal(200, await CreateDatabase().ExecuteScalarAsync<int>("SELECT 200.0"));
    }

    private async Task DoesNotFitAsync<T>(string value)
        where T : struct
    {
        var database = CreateDatabase();
        var scalar = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ExecuteScalarAsync<T>($"SELECT {value} AS amount"));
        var nullable = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<T?>($"SELECT {value} AS amount"));
        var tuple = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<(int, T)>($"SELECT 1 AS other, {value} AS amount"));
        Assert.All(new[] { scalar, nullable, tuple }, static error =>
        {
            Assert.Equal(["amount"], error.Columns);
            Assert.Contains("'amount'", error.Message, StringComparison.Ordinal);
        });
    }

    private List<decimal> Decimals() =>
    [
        0, 1, -1, 0.1m, -0.1m, 0.10m, 10, 9.99m, 10.01m, 1.5m, 1.50000m, -1.5m, -1.51m, -10, -9,
        decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -0.0000000000000000000000000001m, 7.9228162514264337593543950335m,
        .. Some(200, () => new decimal(_random.Next(), _random.Next(), _random.Next(), _random.Next(2) == 0, (byte)_random.Next(29))),
        .. Some(100, () => Math.Round((decimal)_random.Next(-10_000, 10_000) / 100, 2)),
    ];

    private static IEnumerable<T> Some<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make()).ToList();

    private enum Color
    {
        Red = 0,
        Blue = 5,
    }

    private enum Small : byte
    {
        Zero = 0,
    }

    private enum Wide : ulong
    {
        None = 0,
        Top = 1UL << 63,
    }

    [Flags]
    private enum Options
    {
        None = 0,
        Read = 1,
        Write = 2,
    }
}
