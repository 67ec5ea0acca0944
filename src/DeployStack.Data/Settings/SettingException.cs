namespace DeployStack.Data.Settings;

/// <summary>A setting that cannot be read or written; the message names its key and the way out, never its value.</summary>
public sealed class SettingException : DatabaseException
{
    /// <summary>Makes the exception for one setting.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="key">The setting's key.</param>
    /// <param name="message">What happened, what is kept, what to do.</param>
    /// <param name="innerException">What the engine said, where it spoke.</param>
    public SettingException(DatabaseErrorKind kind, string key, string message, Exception? innerException = null)
        : base(kind, message, innerException) => Key = key;

    /// <summary>The setting that the error is about; empty where it is about all of them.</summary>
    public string Key { get; }
}
