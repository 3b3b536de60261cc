using System.Buffers;
using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Addresses;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Benchmarks.Policy;

/// <summary>What one policy request costs without its socket: read, parse the address, ask a resolver that knows, write the reply.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks : IDisposable
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=192.0.2.17\nclient_name=mail-out-17.example.net\n"
        + "client_port=41234\nreverse_client_name=mail-out-17.example.net\nserver_address=198.51.100.25\nserver_port=25\nhelo_name=mail-out-17.example.net\n"
        + "sender=newsletter-bounce+4711@example.net\nrecipient=anna.mueller.000001@contoso.example\nrecipient_count=0\nqueue_id=\n"
        + "instance=3f2a.6740c1d2.9a0b3.0\nsize=48211\netrn_domain=\nstress=\nsasl_method=\nsasl_username=\nsasl_sender=\nccert_subject=\nccert_issuer=\n"
        + "ccert_fingerprint=\nccert_pubkey_fingerprint=\nencryption_protocol=TLSv1.3\nencryption_cipher=TLS_AES_256_GCM_SHA384\nencryption_keysize=256\n"
        + "policy_context=\n\n");

    private readonly PolicyRequestReader _reader = new(16 * 1024);
    private readonly EndpointMetrics _metrics = new();
    private readonly MemoryResolver _resolver = new(FrozenSet<Address>.Empty, delayed: false);
    private readonly Sink _sink = new();
    private PolicySession _session = null!;

    [GlobalSetup]
    public void Setup()
    {
        var services = new ConnectionServices("policy", TimeProvider.System, _metrics, NullLogger.Instance);
        _session = new PolicySession(_sink, _resolver, new PolicyOptions(), new PolicyReplySet(new PolicyReplies()), services, new ForeignDomains("policy", "", NullLogger.Instance));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _metrics.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public long Read()
    {
        var buffer = new ReadOnlySequence<byte>(Request);
        _reader.TryRead(ref buffer, out _);
        return buffer.Length;
    }

    [Benchmark]
    public Address? ParseAddress()
    {
        AddressParser.TryParse("anna.mueller.000001@contoso.example"u8, AddressSyntax.Unquoted, out var address);
        return address;
    }

    [Benchmark]
    public long ReadAndAnswer()
    {
        var buffer = new ReadOnlySequence<byte>(Request);
        _session.Step(ref buffer);
        return buffer.Length;
    }

    private sealed class Sink : PipeWriter
    {
        private readonly byte[] _bytes = new byte[4096];

        public override void Advance(int bytes)
        {
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _bytes;

        public override Span<byte> GetSpan(int sizeHint = 0) => _bytes;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;
    }
}
