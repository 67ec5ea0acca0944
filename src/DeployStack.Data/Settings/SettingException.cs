namespace DeployStack.Data.Settings;

/// <summary>Settings that cannot be read or written; the message names their keys and the way out, never a value.</summary>
public sealed class SettingException : DatabaseException
{
    private const int MostShown = 10;

    /// <summary>Makes the exception for one setting.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="key">The setting's key.</param>
    /// <param name="message">What happened, what is kept, what to do.</param>
    /// <param name="innerException">What the engine said, where it spoke.</param>
    public SettingException(DatabaseErrorKind kind, string key, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
        Key = key;
        Errors = key.Length == 0 ? [] : [new(key, kind, message)];
    }

    /// <summary>Makes the exception for a batch of which nothing was written.</summary>
    /// <param name="errors">Everything that is wrong; at least one.</param>
    public SettingException(IReadOnlyList<SettingError> errors)
        : base(KindOf(errors), Describe(errors))
    {
        Key = errors[0].Key;
        Errors = errors;
    }

    /// <summary>Makes the exception for several settings with words of its own.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, what is kept, what to do; followed by the first of the keys.</param>
    /// <param name="errors">One for each setting; at least one.</param>
    internal SettingException(DatabaseErrorKind kind, string message, IReadOnlyList<SettingError> errors)
        : base(kind, $"{message} {string.Join(", ", errors.Take(MostShown).Select(static error => error.Key))}{(errors.Count <= MostShown ? string.Empty : $" and {errors.Count - MostShown} more, see Errors")}.")
    {
        Key = errors[0].Key;
        Errors = errors;
    }

    /// <summary>The setting that the error is about, of several the first; empty where it is about all of them.</summary>
    public string Key { get; }

    /// <summary>What is wrong with each setting, in the order of the batch.</summary>
    public IReadOnlyList<SettingError> Errors { get; }

    // a value that can never be written tells more than a version that can be read again
    private static DatabaseErrorKind KindOf(IReadOnlyList<SettingError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count, nameof(errors));
        return errors.FirstOrDefault(static error => error.Kind != DatabaseErrorKind.ExpectationFailed)?.Kind ?? errors[0].Kind;
    }

    private static string Describe(IReadOnlyList<SettingError> errors)
    {
        var shown = string.Join(" ", errors.Take(MostShown).Select(static error => error.Message));
        var left = errors.Count <= MostShown ? string.Empty : $" And {errors.Count - MostShown} more, see Errors.";
        return $"{(errors.Count == 1 ? "1 setting was" : $"{errors.Count} settings were")} refused; nothing of the batch was written. {shown}{left}";
    }
}
