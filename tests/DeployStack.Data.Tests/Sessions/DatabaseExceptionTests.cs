namespace DeployStack.Data.Tests.Sessions;

public sealed class DatabaseExceptionTests
{
    [Theory]
    [InlineData(DatabaseErrorKind.Busy, null, false, true)]
    [InlineData(DatabaseErrorKind.Timeout, null, false, true)]
    [InlineData(DatabaseErrorKind.Busy, null, true, false)]
    [InlineData(DatabaseErrorKind.Timeout, null, true, false)]
    [InlineData(DatabaseErrorKind.Busy, false, false, false)]
    [InlineData(DatabaseErrorKind.StorageIo, true, false, true)]
    [InlineData(DatabaseErrorKind.StorageIo, null, false, false)]
    [InlineData(DatabaseErrorKind.UniqueViolation, null, false, false)]
    public void Whether_a_repetition_helps_follows_from_the_kind_unless_it_is_said(DatabaseErrorKind kind, bool? said, bool outcomeUnknown, bool expected)
        => Assert.Equal(expected, new DatabaseException(kind, "x") { RetryCanSucceed = said, OutcomeUnknown = outcomeUnknown }.IsTransient);

    [Fact]
    public void What_the_thrower_said_stays()
    {
        var error = new DatabaseException(DatabaseErrorKind.Busy, "x") { Label = "first" };
        Assert.Same(error, error.With("second", "SELECT 1").With("third", "SELECT 2"));
        Assert.Equal(("first", "SELECT 1"), (error.Label, error.Sql));
        Assert.Equal("x once", error.WithAdvice("once").WithAdvice("twice").Message);
    }

    [Fact]
    public void A_batch_result_adds_up_beyond_32_bits()
        => Assert.Equal(3L * int.MaxValue, new BatchResult([int.MaxValue, int.MaxValue, int.MaxValue]).TotalRowsAffected);
}
