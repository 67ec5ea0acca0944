namespace DeployStack.Data.Testing;

/// <summary>An assertion of the test kit failed. Every test framework reports an exception as a failed test, so the kit
/// needs none of them; the message says what was expected and shows what was found.</summary>
public sealed class TestAssertionException : Exception
{
    /// <summary>Makes one without a message; for frameworks that demand it.</summary>
    public TestAssertionException()
    {
    }

    /// <summary>Makes one of what was expected and what was found.</summary>
    /// <param name="message">Shown by the test runner as it is; may have several lines.</param>
    public TestAssertionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that has a cause.</summary>
    /// <param name="message">Shown by the test runner as it is.</param>
    /// <param name="innerException">What went wrong before.</param>
    public TestAssertionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
