using System.Text;
using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Addresses;
using LookupProxy.Directories.File;
using LookupProxy.Directories.File.Reading;
using LookupProxy.Directories.File.Recipients;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Benchmarks.Directories;

/// <summary>A million recipients: time to read, memory that stays, time to find.</summary>
[MemoryDiagnoser]
public class RecipientFiles
{
    private const int Count = 1_000_000;

    private byte[] _file = [];
    private RecipientSet? _set;
    private Address[] _asked = [];
    private int _next;

    [Params(RecipientFileFormat.List, RecipientFileFormat.Csv, RecipientFileFormat.Ldif)]
    public RecipientFileFormat Format { get; set; }

    private FileDirectoryOptions Options => new() { Name = "bench", Path = "bench", Format = Format };

    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder(Format == RecipientFileFormat.Csv ? "address,kind,primary\n" : "");
        for (var i = 0; i < Count; i++)
        {
            text.Append(Format switch
            {
                RecipientFileFormat.List => $"firstname.lastname{i}@corp.example\n",
                RecipientFileFormat.Csv => $"firstname.lastname{i}@corp.example,mailbox,firstname.lastname{i}@corp.example\n",
                _ => $"dn: uid=user{i},ou=people,dc=corp,dc=example\nobjectClass: inetOrgPerson\nuid: user{i}\ncn: Firstname Lastname\nsn: Lastname\nmail: firstname.lastname{i}@corp.example\n\n",
            });
        }

        _file = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _set = Load();
        Console.WriteLine($"// {Format}: {_file.Length} octets of file, {(GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count:F1} octets of memory an address");
        _asked = [.. Enumerable.Range(0, 1024).Select(i => Mail.Of($"firstname.lastname{i * 977}@corp.example"))];
    }

    [Benchmark]
    public object Read() => Load();

    private RecipientSet Load() => RecipientFileReader.Read(new MemoryStream(_file), Options);

    [Benchmark]
    public bool Find() => _set!.TryFind(_asked[_next++ & 1023], out _);
}
