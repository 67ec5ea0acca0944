namespace DeployStack.Data.Snippets.TestFrameworks;

/// <summary>As much of xUnit and NUnit as the snippets of docs/features/testing.md show; the kit needs neither.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class TestAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class SetUpAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class TearDownAttribute : Attribute;

public static class TestContext
{
    public static bool HasFailed => false;
}

public static class Assert
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"{expected} expected, {actual} found.");
        }
    }
}
