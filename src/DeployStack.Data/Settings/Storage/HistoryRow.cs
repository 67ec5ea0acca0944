namespace DeployStack.Data.Settings.Storage;

/// <summary>The parameters of a row of the history.</summary>
internal sealed class HistoryRow : BoundRow
{
    public long Batch { get; set; }

    public long Part { get; set; }

    public long At { get; set; }

    public string? Actor { get; set; }

    public string? Reason { get; set; }

    public ReadOnlyMemory<char> Changes { get; set; }

    // a statement of several rows keeps its values, the buffer is written again
    public override object? Get(string parameter) => parameter switch
    {
        "batch" => Batch,
        "part" => Part,
        "at" => At,
        "actor" => Actor,
        "reason" => Reason,
        "changes" => Changes.ToString(),
        _ => throw Unknown(parameter),
    };
}
