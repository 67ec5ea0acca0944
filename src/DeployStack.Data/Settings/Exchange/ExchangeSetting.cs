using System.Runtime.InteropServices;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>One setting of a file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="IsSet">Whether it has a value.</param>
/// <param name="IsSecret">Whether the value is a secret.</param>
/// <param name="Value">The value; <see langword="null"/> where there is none or it is a secret.</param>
/// <param name="Encrypted">The encrypted value of a secret, where the file has it.</param>
/// <param name="Version">The version at the export.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExchangeSetting(string Key, bool IsSet, bool IsSecret, string? Value, string? Encrypted, string? Version)
{
    // a record would print its value
    public override string ToString() => Key;
}
