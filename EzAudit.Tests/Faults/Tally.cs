namespace EzAudit.Tests.Faults;

/// <summary>What became of the records of one fault, over all its trials; one row of the table.</summary>
internal sealed class Tally(string fault)
{
    private const int MaxShown = 20;
    private static readonly Lock Gate = new();

    private readonly List<string> _complaints = [];
    private int _trials;
    private int _acknowledged;
    private int _lost;
    private int _torn;
    private int _glued;

    /// <summary>One trial: what was acknowledged, and what is there.</summary>
    /// <param name="acknowledged">The ids for which WriteAudit returned true.</param>
    /// <param name="survey">The log files afterwards.</param>
    /// <param name="trial">What to say about the trial, so that it can be run again.</param>
    /// <param name="mayBeDamaged">After a power cut, what was never acknowledged may be anything.</param>
    public void Add(IReadOnlyCollection<string> acknowledged, Survey survey, string trial, bool mayBeDamaged = false)
    {
        lock (_complaints)
        {
            _trials++;
            _acknowledged += acknowledged.Count;
            string[] lost = [.. acknowledged.Where(id => !survey.Whole.ContainsKey(id))];
            _lost += lost.Length;
            _torn += survey.Torn;
            _glued += survey.Glued;
            if (lost.Length > 0) _complaints.Add($"{trial}: lost {lost.Length}: {string.Join(", ", lost.Take(MaxShown))}");
            if (survey.Glued > 0) _complaints.Add($"{trial}: {survey.Glued} glued records");
            foreach (var (id, count) in survey.Whole.Where(pair => pair.Value > 1)) _complaints.Add($"{trial}: {id} is there {count} times");
            _complaints.AddRange(survey.Broken.Where(_ => !mayBeDamaged).Select(broken => $"{trial}: {broken}"));
        }
    }

    public void Complain(string complaint)
    {
        lock (_complaints) _complaints.Add(complaint);
    }

    /// <summary>Prints the row and fails the test when there is something to complain about.</summary>
    public void Report()
    {
        string row = $"{fault} | {_trials} | {_acknowledged} | {_lost} | {_torn} | {_glued}";
        Console.WriteLine("fault | trials | acknowledged | lost | torn | glued");
        Console.WriteLine(row);
        if (Environment.GetEnvironmentVariable("EZAUDIT_FAULTS_TABLE") is { Length: > 0 } table)
        {
            lock (Gate) File.AppendAllText(table, row + "\n");
        }
        Assert.IsEmpty(_complaints, string.Join('\n', _complaints.Take(MaxShown)));
    }
}
