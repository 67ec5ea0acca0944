using DeployStack.Data.Settings.Current;

namespace DeployStack.Data.Settings.Writing;

/// <summary>A row that a write deletes.</summary>
/// <param name="Entry">The row as it is.</param>
/// <param name="IsSecret">Whether it is a secret, by the row or by the declaration.</param>
internal sealed record DeletedRow(SettingEntry Entry, bool IsSecret);
