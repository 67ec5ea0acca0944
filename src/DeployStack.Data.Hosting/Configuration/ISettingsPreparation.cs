namespace DeployStack.Data.Hosting.Configuration;

/// <summary>What has to be done before the settings of a database can be read.</summary>
internal interface ISettingsPreparation
{
    /// <summary>Does it, once, whoever asks first.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);
}
