using System.CommandLine;
using System.Text.Json;
using LookupProxy.Host.Configuration;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>"config settings": every setting of this version.</summary>
internal static class ConfigSettingsCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("settings", "List every setting with its default and what is allowed.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                context.Terminal.Out.WriteLine(JsonOutput.Document(WriteJson));
            else
                WriteTable(context.Terminal);
        });
        return command;
    }

    private static void WriteTable(Terminal terminal)
    {
        var table = Tables.Of("setting", "default", "allowed");
        foreach (var (path, setting) in SettingCatalogue.All)
            table.AddRow(new Text(path), new Text(setting.Default), new Text(setting.Allowed));
        terminal.Show(table);
    }

    private static void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (path, setting) in SettingCatalogue.All)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("default", setting.Default);
            json.WriteString("allowed", setting.Allowed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
