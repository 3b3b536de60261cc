using LookupProxy.Host.Commands;

namespace LookupProxy.Host.Tests.Commands;

public sealed class CheckRunTests
{
    [Fact]
    public async Task Answers_come_in_the_order_of_the_addresses_and_only_some_are_under_way()
    {
        var checker = new SlowChecker();
        var addresses = Enumerable.Range(0, 1000).Select(static i => $"p{i}@corp.example").ToArray();

        var checkedOnes = new List<string>();
        await foreach (var one in CheckRun.RunAsync(checker, addresses, TestContext.Current.CancellationToken))
            checkedOnes.Add(one.Text);

        Assert.Equal(addresses, checkedOnes);
        Assert.InRange(checker.MostUnderWay, 2, 64);
    }

    /// <summary>Finishes what it was asked in the opposite order, as far as it can.</summary>
    private sealed class SlowChecker : IAddressChecker
    {
        private readonly Stack<(TaskCompletionSource<Checked>, string)> _waiting = [];

        public int MostUnderWay { get; private set; }

        public Task<Checked> CheckAsync(string text, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<Checked>();
            _waiting.Push((answer, text));
            MostUnderWay = Math.Max(MostUnderWay, _waiting.Count);
            if (_waiting.Count == 64 || text == "p999@corp.example")
            {
                while (_waiting.TryPop(out var next))
                    next.Item1.SetResult(new Checked(next.Item2, null));
            }

            return answer.Task;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
