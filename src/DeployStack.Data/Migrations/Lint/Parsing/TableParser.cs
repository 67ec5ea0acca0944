namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>Reads the definitions of tables and columns. It reads on over what it does not know: the engine judges the
/// grammar, not the lint.</summary>
internal sealed class TableParser(TokenReader reader)
{
    private readonly List<ColumnDefinition> _columns = [];
    private readonly List<ForeignKey> _foreignKeys = [];
    private readonly List<IReadOnlyList<string>> _keys = [];
    private readonly List<string> _checks = [];

    private TableDefinition Definition => new(_columns, _foreignKeys, _keys, _checks);

    /// <summary>From the opening parenthesis of CREATE TABLE on.</summary>
    public TableDefinition ReadTable()
    {
        var end = reader.EndOf(reader.Position) - 1;
        reader.Position++;
        while (reader.Position < end)
        {
            if (reader.IsOneOf("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"))
            {
                ReadConstraints(end);
            }
            else
            {
                ReadColumn(end);
            }

            reader.AcceptSymbol(',');
        }

        return Definition;
    }

    /// <summary>The column of ALTER TABLE ADD.</summary>
    public TableDefinition ReadAddedColumn()
    {
        ReadColumn(reader.Count);
        return Definition;
    }

    private void ReadConstraints(int end)
    {
        while (reader.Position < end && !reader.IsSymbolAt(reader.Position, ','))
        {
            if (reader.Accept("PRIMARY", "KEY") || reader.Accept("UNIQUE"))
            {
                _keys.Add(reader.Names());
            }
            else if (reader.Accept("CHECK"))
            {
                _checks.Add(Parentheses());
            }
            else if (reader.Accept("FOREIGN", "KEY"))
            {
                var columns = reader.Names();
                reader.Accept("REFERENCES");
                _foreignKeys.Add(ReadReference(columns, end));
            }
            else
            {
                reader.Position++;
            }
        }
    }

    private void ReadColumn(int end)
    {
        var column = new ColumnDefinition(reader.Name(), ReadType(end));
        var start = reader.Position;
        while (reader.Position < end && !reader.IsSymbolAt(reader.Position, ','))
        {
            column = ReadColumnConstraint(column, end);
        }

        if (reader.Position == start && !reader.IsSymbolAt(start, ',') && start < end)
        {
            reader.Position++;
        }

        _columns.Add(column);
        if (column.PrimaryKey || column.Unique)
        {
            _keys.Add([column.Name]);
        }
    }

    private string ReadType(int end)
    {
        var start = reader.Position;
        while (reader.Position < end && !reader.IsSymbolAt(reader.Position, ',')
            && !reader.IsOneOf("CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"))
        {
            reader.Skip();
        }

        return reader.Normal(start, reader.Position);
    }

    private ColumnDefinition ReadColumnConstraint(ColumnDefinition column, int end)
    {
        if (reader.Accept("PRIMARY", "KEY"))
        {
            return column with { PrimaryKey = true };
        }

        if (reader.Accept("NOT", "NULL"))
        {
            return column with { NotNull = true };
        }

        if (reader.Accept("UNIQUE"))
        {
            return column with { Unique = true };
        }

        if (reader.Accept("DEFAULT"))
        {
            return column with { Default = ReadDefault() };
        }

        if (reader.Accept("CHECK"))
        {
            _checks.Add(Parentheses());
            return column with { Checked = true };
        }

        if (reader.Accept("REFERENCES"))
        {
            _foreignKeys.Add(ReadReference([column.Name], end));
            return column with { References = true };
        }

        if (reader.Accept("AS"))
        {
            Parentheses();
            return column with { Generated = true, Stored = reader.Accept("STORED") };
        }

        reader.Skip();
        return column;
    }

    private string? ReadDefault()
    {
        var start = reader.Position;
        if (!reader.AcceptSymbol('-'))
        {
            reader.AcceptSymbol('+');
        }

        reader.Skip();
        while (reader.AcceptSymbol('.')) // a number is several tokens
        {
            reader.Position++;
        }

        var text = reader.Normal(start, reader.Position);
        return text is "NULL" or "( NULL )" ? null : text;
    }

    private ForeignKey ReadReference(IReadOnlyList<string> columns, int end)
    {
        var parent = reader.Name();
        reader.Names();
        var onDelete = "NO ACTION";
        while (reader.Position < end && !reader.IsSymbolAt(reader.Position, ','))
        {
            if (reader.Accept("ON", "DELETE"))
            {
                onDelete = reader.Accept("CASCADE") ? "CASCADE" : reader.Accept("SET", "NULL") ? "SET NULL" : reader.Accept("SET", "DEFAULT") ? "SET DEFAULT" : reader.Accept("RESTRICT") ? "RESTRICT" : onDelete;
            }
            else if (reader.Accept("ON", "UPDATE"))
            {
                reader.Position += reader.Is("SET") || reader.Is("NO") ? 2 : 1;
            }
            else if (!reader.Accept("NOT", "DEFERRABLE") && !reader.Accept("DEFERRABLE") && !reader.Accept("INITIALLY", "DEFERRED") && !reader.Accept("INITIALLY", "IMMEDIATE")
                && !reader.Accept("NO", "ACTION"))
            {
                if (!reader.Accept("MATCH"))
                {
                    break; // another constraint
                }

                reader.Position++;
            }
        }

        return new(columns, parent, onDelete);
    }

    private string Parentheses()
    {
        var start = reader.Position;
        reader.Skip();
        return reader.Normal(start, reader.Position);
    }
}
