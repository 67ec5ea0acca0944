using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>Answers SQLite, while it compiles a statement of one handle, whether its principal may do what it says.</summary>
/// <remarks>
/// <para>It is installed once, when there is a principal at all. A statement carries its principal, which holds during its
/// preparation and each of its steps, because SQLite may compile again in a step; at all other times the host's rights hold.</para>
/// <para>Inside a trigger or view the rights of its owner hold. SQLite tells the name of the trigger or view, and for a
/// common table expression the name that the author of the statement chose: for a principal the name is believed only if it is
/// that of a trigger of the host which no text of the principal mentions.</para>
/// </remarks>
internal sealed unsafe class Authorizer : IDisposable
{
    private const int Ok = 0;
    private const int Deny = 1;

    private readonly nint _db;
    private readonly PrincipalSet _principals;
    private Confinement? _current;
    private Denial? _denial;
    private GCHandle _self;
    private int _installedFor;

    public Authorizer(nint db, PrincipalSet principals)
    {
        _db = db;
        _principals = principals;
        Install();
    }

    public PrincipalSet Principals => _principals;

    /// <summary>Installs it, or makes SQLite compile again what it compiled when fewer principals were known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Install()
    {
        if (_principals.Count != _installedFor)
        {
            InstallNow();
        }
    }

    /// <summary>From now on the statement's principal holds; statements of different principals never nest.</summary>
    public void Enter(Confinement confinement)
    {
        _denial = null;
        _current = confinement;
    }

    /// <summary>The host's rights hold again.</summary>
    public void Leave() => _current = null;

    /// <summary>Steps a statement on behalf of its principal.</summary>
    public int Step(nint statement, Confinement confinement)
    {
        Enter(confinement);
        try
        {
            return Sqlite3.Step(statement);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Makes sure that statements of the principal are confined, whether or not it was known before.</summary>
    public void Admit(Principal principal)
    {
        _principals.Add(principal.Id);
        Install();
    }

    /// <summary>Reads what the principal's statements are judged by.</summary>
    public SchemaNames? ReadNames(Principal principal) => SchemaNames.Read(_db, _principals, principal);

    /// <summary>What was refused since the last <see cref="Enter"/>, once.</summary>
    public Denial? TakeDenial()
    {
        var denial = _denial;
        _denial = null;
        return denial;
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _ = Sqlite3.SetAuthorizer(_db, null, 0); // always SQLITE_OK
            _self.Free();
        }
    }

    private void InstallNow()
    {
        if (!_self.IsAllocated)
        {
            _self = GCHandle.Alloc(this);
        }

        _installedFor = _principals.Count;
        _ = Sqlite3.SetAuthorizer(_db, &OnAction, GCHandle.ToIntPtr(_self)); // always SQLITE_OK; expires what is prepared
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAction(nint self, int action, byte* first, byte* second, byte* schema, byte* context)
    {
        try
        {
            var authorizer = (Authorizer)GCHandle.FromIntPtr(self).Target!;
            return (authorizer._current is null && context == null) || authorizer.Allows((AuthorizerAction)action, Span(first), Span(second), Span(schema), Span(context)) ? Ok : Deny;
        }
        catch (Exception) // none may pass through SQLite: what cannot be judged is refused
        {
            return Deny;
        }
    }

    private static ReadOnlySpan<byte> Span(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    private bool Allows(AuthorizerAction action, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> schema, ReadOnlySpan<byte> context)
    {
        var principal = _current?.Principal;
        var changesSchema = context.IsEmpty && _current is { ChangesSchema: true };
        if (principal is null)
        {
            principal = _principals.OwnerOf(context);
            if (principal is null)
            {
                return true; // the host, or a trigger or view of the host's
            }
        }
        else if (!context.IsEmpty && IsHostTrigger(context))
        {
            return true;
        }

        if (PrincipalRights.Allow(_principals, principal, changesSchema, action, first, second, schema)
            || (action == AuthorizerAction.Read && second.IsEmpty && schema.IsEmpty && IsTableExpression(first)))
        {
            return true;
        }

        _denial ??= Denial.Of(_current?.Principal ?? principal, action, Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(second), context.IsEmpty ? null : Encoding.UTF8.GetString(context));
        return false;
    }

    private bool IsHostTrigger(ReadOnlySpan<byte> context)
        => _current is { Names: { } names } && Encoding.UTF8.GetString(context) is var name && names.HostTriggers.Contains(name) && !Names.Mentions(_current.Sql, name);

    // Where no column of a FROM item is used, SQLite asks about the item by the name that stands in the statement.
    private bool IsTableExpression(ReadOnlySpan<byte> name)
        => _current is { Names: { } names } && Encoding.UTF8.GetString(name) is var text
            && !names.Tables.Contains(text)
            && !Names.Begins(text, "sqlite_")
            && !Names.Begins(text, "pragma_");
}
