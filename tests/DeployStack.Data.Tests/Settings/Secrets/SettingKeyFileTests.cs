using System.Runtime.Versioning;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Tests.Settings.Secrets;

public sealed class SettingKeyFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;

    private string File1 => Path.Combine(_folder, "secrets.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_new_file_and_its_directory_are_the_owners_alone()
    {
        var path = Path.Combine(_folder, "made", "secrets.key");
        var id = SettingKeyFile.Create(path);
        Assert.Equal(Owner, File.GetUnixFileMode(path));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Equal([id], SettingKeyRing.FromFile(path).KeyIds);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void What_exists_is_not_overwritten()
    {
        SettingKeyFile.Create(File1);
        var before = File.ReadAllText(File1);
        Assert.Equal(DatabaseErrorKind.AlreadyConfigured, Assert.Throws<SettingException>(() => SettingKeyFile.Create(File1)).Kind);
        Assert.Equal(before, File.ReadAllText(File1));
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, Path.Combine(_folder, "nowhere"));
        Assert.Throws<SettingException>(() => SettingKeyFile.Create(link));
        Assert.Throws<SettingException>(() => SettingKeyFile.Create(_folder));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void An_added_key_stands_in_front_and_the_rest_is_kept()
    {
        var first = SettingKeyFile.Create(File1);
        File.AppendAllText(File1, "# a remark at the end");
        var second = SettingKeyFile.AddKey(File1);
        var third = SettingKeyFile.AddKey(File1);
        Assert.Equal([third, second, first], SettingKeyRing.FromFile(File1).KeyIds);
        Assert.Equal(Owner, File.GetUnixFileMode(File1));
        Assert.EndsWith("# a remark at the end", File.ReadAllText(File1), StringComparison.Ordinal);
        Assert.Equal([File1], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Two_processes_that_add_keys_lose_none()
    {
        var first = SettingKeyFile.Create(File1);
        var added = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 40, new() { MaxDegreeOfParallelism = 8 }, _ =>
        {
            try
            {
                added.Add(SettingKeyFile.AddKey(File1));
            }
            catch (SettingException error) when (error.Kind == DatabaseErrorKind.Busy)
            {
            }
        });
        Assert.NotEmpty(added);
        Assert.Equal(added.Append(first).Order(StringComparer.Ordinal), SettingKeyRing.FromFile(File1).KeyIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_claim_left_behind_is_told_with_the_way_out()
    {
        SettingKeyFile.Create(File1);
        File.WriteAllText(File1 + ".new", "");
        var error = Assert.Throws<SettingException>(() => SettingKeyFile.AddKey(File1));
        Assert.Equal(DatabaseErrorKind.Busy, error.Kind);
        Assert.Contains(".new", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(File1 + ".new"));
    }

    [Fact]
    public void A_running_process_takes_an_added_key_at_its_next_write()
    {
        var first = SettingKeyFile.Create(File1);
        var (one, two) = (Protector(), Protector());
        var before = one.Protect("k", "1");
        Assert.Equal("1", two.Unprotect("k", before));
        var second = SettingKeyFile.AddKey(File1);
        var after = one.Protect("k", "2");
        Assert.Equal((first, second), (one.KeyIdOf(before), one.KeyIdOf(after)));
        Assert.Equal(("1", "2"), (two.Unprotect("k", before), two.Unprotect("k", after)));
    }

    [Fact]
    public void A_file_that_is_gone_stops_writing_and_not_reading()
    {
        SettingKeyFile.Create(File1);
        var protector = Protector();
        var stored = protector.Protect("k", "1");
        File.Delete(File1);
        Assert.Equal("1", protector.Unprotect("k", stored));
        Assert.Contains("does not exist", Assert.Throws<SettingException>(() => protector.Protect("k", "2")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_is_open_to_others_is_refused(UnixFileMode more)
    {
        SettingKeyFile.Create(File1);
        File.SetUnixFileMode(File1, Owner | more);
        Assert.Contains("chmod 600", Assert.Throws<SettingException>(() => SettingKeyRing.FromFile(File1)).Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => SettingKeyFile.AddKey(File1));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_link_is_read_through_and_not_replaced()
    {
        var id = SettingKeyFile.Create(File1);
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, File1);
        Assert.Equal(id, SettingKeyRing.FromFile(link).CurrentKeyId);
        Assert.Contains("symbolic link", Assert.Throws<SettingException>(() => SettingKeyFile.AddKey(link)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("# nothing\n\n", "no key")]
    [InlineData("# one\nc2hvcnQ=\n", "line 2 ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA=\n", "line 3 ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", "line 1 ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n", "line 1 ")]
    [InlineData("hunter2 is a pass phrase and not a key at all\n", "line 1 ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "twice")]
    public void A_file_that_cannot_be_used_is_refused_by_line(string content, string told)
    {
        Write(content);
        var error = Assert.Throws<SettingException>(() => SettingKeyRing.FromFile(File1));
        Assert.Equal(DatabaseErrorKind.SecretUnreadable, error.Kind);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Contains(File1, error.Message, StringComparison.Ordinal);
        Assert.All(["AAAA", "hunter2", "c2hv"], hidden => Assert.DoesNotContain(hidden, error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_hand_written_file_may_have_a_byte_order_mark_and_other_line_ends()
    {
        Write("\ufeffAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n # remark\r\n  AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=  ");
        Assert.Equal(2, SettingKeyRing.FromFile(File1).KeyIds.Count);
    }

    [Fact]
    public void A_directory_is_refused()
        => Assert.Contains("directory", Assert.Throws<SettingException>(() => SettingKeyRing.FromFile(_folder)).Message, StringComparison.Ordinal);

    private void Write(string content)
    {
        File.WriteAllText(File1, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(File1, Owner);
        }
    }

    private ISettingProtector Protector() => SettingProtectorFactory.Create(new() { KeyFile = File1, UseEnvironment = false });
}
