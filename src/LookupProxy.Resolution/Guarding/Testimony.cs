using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>What a server says now of those who were there.</summary>
/// <param name="Found">How many are.</param>
/// <param name="Open">Why it could not say of one, when that does not lie in the question.</param>
internal sealed record Testimony(List<Address> Asked, int Found, List<Address> Gone, List<Address> Unanswered, Answer.Unknown? Open)
{
    public IEnumerable<Address> Back => Asked.Except(Gone).Except(Unanswered);

    public static Testimony Of(List<Address> asked, Answer[] answers) => new(
        asked,
        answers.Count(static answer => answer is Answer.Exists),
        [.. asked.Where((_, i) => answers[i] is Answer.Absent)],
        [.. asked.Where((_, i) => answers[i] is Answer.Unknown)],
        Illness.FirstOpen(answers));

    public Testimony Plus(Testimony other) => new(
        [.. Asked, .. other.Asked], Found + other.Found, [.. Gone, .. other.Gone], [.. Unanswered, .. other.Unanswered], Open ?? other.Open);

    /// <param name="again">Of those who are unanswered.</param>
    public Testimony Amended(Testimony again) => new(Asked, Found + again.Found, [.. Gone, .. again.Gone], again.Unanswered, again.Open);
}
