using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping;

/// <summary>The errors of this room, each with its way out and without any value.</summary>
internal static class MappingErrors
{
    public static DatabaseException WrongKind(RowReader row, int ordinal, Type target)
        => Column(row, ordinal, $"holds {KindName(row.GetKind(ordinal))}, which cannot be read as {TypeNames.Of(target)}. Ask for another type, or convert it in the SQL.");

    public static DatabaseException OutOfRange(RowReader row, int ordinal, Type target)
        => Column(row, ordinal, $"holds a number that {TypeNames.Of(target)} cannot hold exactly. Ask for a wider type.");

    public static DatabaseException WrongForm(RowReader row, int ordinal, Type target, string expected)
        => Column(row, ordinal, $"holds {KindName(row.GetKind(ordinal))} that is not a {TypeNames.Of(target)}; expected {expected}.");

    public static DatabaseException UnexpectedNull(RowReader row, int ordinal, Type target)
        => Column(row, ordinal, $"is NULL, and {TypeNames.Of(target)} has no place for it. Ask for {TypeNames.Of(target)}?, or use coalesce(...) in the SQL.");

    public static DatabaseException Shape(string message) => new(DatabaseErrorKind.ResultShape, message);

    /// <summary>A value that its type allows and the database cannot hold.</summary>
    public static DatabaseException Value(ProviderCommand command, int index, Type type, string reason)
        => new(DatabaseErrorKind.InvalidParameter, $"Parameter {command.GetParameterName(index)} of type {TypeNames.Of(type)} cannot be bound: {reason}.");

    public static DatabaseException UnsupportedType(ProviderCommand command, int index, Type type)
        => Value(command, index, type, "the type profile has no converter for it. Register one with TypeProfile.With, or pass a member of it");

    public static DatabaseException Parameters(string message) => new(DatabaseErrorKind.InvalidParameter, message);

    private static DatabaseException Column(RowReader row, int ordinal, string what)
        => new(DatabaseErrorKind.ResultShape, $"Column '{row.GetName(ordinal)}' {what}") { Columns = [row.GetName(ordinal)] };

    private static string KindName(StorageKind kind) => kind switch
    {
        StorageKind.Integer => "an INTEGER",
        StorageKind.Real => "a REAL",
        StorageKind.Text => "a TEXT",
        StorageKind.Blob => "a BLOB",
        _ => "NULL",
    };
}
