using EzAudit.Tests.Children;

// The test assembly is also the program that tests start as other processes: dotnet EzAudit.Tests.dll CHILD ARGUMENTS
return args is [string name, .. string[] rest] && Child.Find(name) is { } child ? child(rest) : 64;
