using DeployStack.Data.Reliability.Host;
using DeployStack.Data.Reliability.Host.Settings;

// Each role is one child process of a scenario. It speaks on its standard output, one event a line.
return args switch
{
    ["write", var path, var workers, .. var rest] => await new AcknowledgingWriter(path, Number(workers), early: rest is ["early"]).RunAsync(),
    ["count", var path, var writes, var tasks] => await new CounterWriter(path, Number(writes), Number(tasks)).RunAsync(),
    ["hold", var path] => LockHolder.Run(path),
    ["starve", var path, var queries, .. var rest] => await new StarvedReader(path, Number(queries), naive: rest is ["naive"]).RunAsync(),
    ["bank", var path, var transfers, var seed] => await new BankClerk(path, Number(transfers), Number(seed)).RunAsync(),
    ["migrate", .. var rest] => await new Migrator(naive: rest is ["naive"]).RunAsync(),
    ["settings-write", var path, .. var rest] => await new BatchWriter(path, torn: rest is ["torn"]).RunAsync(),
    ["settings-count", var path, var counter, var times, .. var rest] => await new Incrementer(path, Number(counter), Number(times), naive: rest is ["naive"]).RunAsync(),
    ["settings-read", var path, .. var rest] => await new SnapshotReader(path, naive: rest is ["naive"]).RunAsync(),
    ["settings-listen", var path, var role] => await new Listener(path, role).RunAsync(),
    ["settings-rotate", var path, var keyFile] => await new SecretKeeper(path, keyFile).RotateAsync(),
    ["settings-secrets", var path, var keyFile] => await new SecretKeeper(path, keyFile).WriteAsync(),
    ["copy", var from, var to] => Copy(from, to),
    ["settings-set", var path] => await new SettingWriter(path).RunAsync(),
    _ => Unknown(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

// a live database is copied by a process that has no lock on it to lose
static int Copy(string from, string to)
{
    File.Copy(from, to);
    return 0;
}

static int Unknown()
{
    Console.Error.WriteLine("roles: write, count, hold, starve, bank, migrate, settings-write, settings-count, settings-read, settings-listen, settings-rotate, settings-secrets, settings-set, copy");
    return 2;
}
