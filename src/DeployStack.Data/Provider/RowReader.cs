namespace DeployStack.Data.Provider;

/// <summary>The current row of a result, column by column, in the storage classes that every engine shares.</summary>
/// <remarks>A getter is called for the kind that <see cref="GetKind"/> told, and converts nothing.</remarks>
public abstract class RowReader
{
    /// <summary>The number of columns.</summary>
    public abstract int FieldCount { get; }

    /// <summary>The name of a column as the result gives it.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract string GetName(int ordinal);

    /// <summary>The storage class of a value in the current row.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract StorageKind GetKind(int ordinal);

    /// <summary>The value of a column whose kind is <see cref="StorageKind.Integer"/>.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract long GetInt64(int ordinal);

    /// <summary>A floating-point number.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract double GetDouble(int ordinal);

    /// <summary>The value of a column whose kind is <see cref="StorageKind.Text"/>, as a new string.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract string GetText(int ordinal);

    /// <summary>The UTF-8 bytes of a text, or the bytes of a blob; valid until the next row or the next call.</summary>
    /// <param name="ordinal">From 0.</param>
    public abstract ReadOnlySpan<byte> GetBytes(int ordinal);
}
