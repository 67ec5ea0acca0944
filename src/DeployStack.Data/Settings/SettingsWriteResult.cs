namespace DeployStack.Data.Settings;

/// <summary>What a write did.</summary>
/// <param name="BatchId">What the history knows it by, for <see cref="ISettingsStore.UndoAsync"/>; <see langword="null"/>
/// where nothing differed, so nothing was written.</param>
/// <param name="Changed">The keys whose rows were created, changed or deleted, created ones first.</param>
/// <param name="Unchanged">How many changes asked for what was there already.</param>
public sealed record SettingsWriteResult(long? BatchId, IReadOnlyList<string> Changed, int Unchanged);
