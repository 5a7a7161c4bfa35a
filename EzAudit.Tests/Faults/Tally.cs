namespace EzAudit.Tests.Faults;

/// <summary>What happened to the records of one fault, over all its trials; one row of the table.</summary>
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

    /// <summary>Adds one trial: what was acknowledged, and what is there.</summary>
    /// <param name="acknowledged">The ids for which WriteAudit returned true.</param>
    /// <param name="survey">The log files afterwards.</param>
    /// <param name="trial">Describes the trial, so that it can be repeated.</param>
    /// <param name="mayBeDamaged">Whether records that were never acknowledged may be damaged, as after a power cut.</param>
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

    /// <summary>Prints the row, and fails the test if there are complaints.</summary>
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
