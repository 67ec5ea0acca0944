namespace DeployStack.Data.Settings;

/// <summary>Which part of the history is asked for; everything that is set must hold.</summary>
public sealed record SettingHistoryQuery
{
    /// <summary>Only changes of this setting. Default <see langword="null"/>: of all.</summary>
    public string? Key { get; init; }

    /// <summary>Only one batch. Default <see langword="null"/>: all.</summary>
    public long? BatchId { get; init; }

    /// <summary>Only batches before this one, to go on after the last of a page. Default <see langword="null"/>: from the newest.</summary>
    public long? Before { get; init; }

    /// <summary>How many batches at most. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
