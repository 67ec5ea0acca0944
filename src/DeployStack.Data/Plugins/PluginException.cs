namespace DeployStack.Data.Plugins;

/// <summary>A plugin that failed or was refused; the message names it, what is kept and the way out.</summary>
public sealed class PluginException : DatabaseException
{
    /// <summary>Makes the exception for one plugin.</summary>
    /// <param name="kind">What went wrong; <see cref="DatabaseErrorKind.NotAuthorized"/> where it tried what it may not.</param>
    /// <param name="pluginId">Its id.</param>
    /// <param name="message">What happened, what is kept, what to do.</param>
    /// <param name="innerException">The error of the migration or of the engine.</param>
    public PluginException(DatabaseErrorKind kind, string pluginId, string message, Exception? innerException = null)
        : base(kind, message, innerException) => PluginId = pluginId;

    /// <summary>The id of the plugin.</summary>
    public string PluginId { get; }
}
