using LookupProxy.Host.Configuration.Faults;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>One of a few words.</summary>
internal sealed class Choices<T>(params (string Word, T Value)[] choices) : ScalarReader<T>
{
    public override string Allowed => string.Join(" | ", choices.Select(static choice => choice.Word));

    public override string? Show(T value) => choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word;

    protected override string? Parse(string text, ReadScope scope, out T value)
    {
        foreach (var choice in choices)
        {
            if (choice.Word != text)
                continue;
            value = choice.Value;
            return null;
        }

        value = default!;
        return "no such choice";
    }

    protected override string? Suggest(string text) => Misspelling.Nearest(text, choices.Select(static choice => choice.Word));
}
